package io.nsqite.sample.action;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * An action to record.
 *
 * @param userId who
 * @param action did what
 * @param contentId with which content
 * @param timestamp when
 */
public record ActionRequest(
        @NotBlank @Size(max = 64) String userId,
        @NotNull ActionType action,
        @NotBlank @Size(max = 64) String contentId,
        @NotNull Instant timestamp) {}
