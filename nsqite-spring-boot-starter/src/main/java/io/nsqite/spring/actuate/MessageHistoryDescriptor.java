package io.nsqite.spring.actuate;

import io.nsqite.admin.MessageProgress;
import io.nsqite.admin.MessageStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A message and what became of it.
 *
 * @param deliverAt the time that its publisher has chosen; left out for at once
 * @param deduplicationKey left out if it has none
 * @param message the message
 * @param channels the channels of its topic by name
 */
public record MessageHistoryDescriptor(
        String topic,
        @Nullable Instant deliverAt,
        @Nullable String deduplicationKey,
        MessageDescriptor message,
        Map<String, ProgressDescriptor> channels)
        implements OperationResponseBody {

    static MessageHistoryDescriptor of(MessageStatus status, PayloadView payloads) {
        Map<String, ProgressDescriptor> channels = new LinkedHashMap<>();
        status.channels()
                .forEach(
                        progress -> channels.put(progress.name().channel(), ProgressDescriptor.of(progress, payloads)));
        return new MessageHistoryDescriptor(
                status.message().topic(),
                status.deliverAt(),
                status.deduplicationKey(),
                payloads.describe(status.message()),
                channels);
    }

    /**
     * What a channel does with it.
     *
     * @param state how far it is
     * @param attempts how many attempts are recorded; successful ones leave nothing behind
     * @param dueAt when it is to be tried; left out if its time has come, or if it does not wait for one
     * @param lastFailure the last failure; left out if there was none. Only its class if it may quote a payload that may not be shown
     */
    public record ProgressDescriptor(
            MessageProgress.State state,
            int attempts,
            @Nullable Instant dueAt,
            MessageProgress.@Nullable Failure lastFailure) {

        static ProgressDescriptor of(MessageProgress progress, PayloadView payloads) {
            return new ProgressDescriptor(
                    progress.state(), progress.attempts(), progress.dueAt(), payloads.describe(progress.lastFailure()));
        }
    }
}
