package io.nsqite.spring.actuate;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/**
 * Has requests to the queue's endpoint refused that carry a parameter nobody reads: a mistyped filter would let through more than was meant, and
 * Actuator itself drops it without a word.
 */
public final class UnknownParameters implements OperationInvokerAdvisor {

    private static final EndpointId OURS = EndpointId.of("nsqite");

    /** The only one. */
    public UnknownParameters() {}

    @Override
    public OperationInvoker apply(
            EndpointId endpointId, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return endpointId.equals(OURS) ? context -> invoke(context, parameters, invoker) : invoker;
    }

    private static @Nullable Object invoke(
            InvocationContext context, OperationParameters parameters, OperationInvoker invoker) {
        Set<String> known = new TreeSet<>();
        parameters.forEach(parameter -> known.add(parameter.getName()));
        for (Map.Entry<String, Object> argument : context.getArguments().entrySet()) {
            if (!known.contains(argument.getKey())) {
                return refused(argument.getKey());
            }
        }
        return invoker.invoke(context);
    }

    private static Object refused(String name) {
        Supplier<OperationResponseBody> refusal = () -> {
            throw RequestRefusedException.badRequest("There is no parameter '%s'; is it mistyped?".formatted(name));
        };
        return Responses.of(refusal);
    }
}
