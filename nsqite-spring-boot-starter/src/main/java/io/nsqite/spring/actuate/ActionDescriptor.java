package io.nsqite.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What was done.
 *
 * @param action the action
 * @param messages how many messages it concerned; left out where they are not counted
 */
public record ActionDescriptor(String action, @Nullable Long messages) implements OperationResponseBody {

    static ActionDescriptor of(String action) {
        return new ActionDescriptor(action, null);
    }

    static ActionDescriptor of(String action, long messages) {
        return new ActionDescriptor(action, messages);
    }
}
