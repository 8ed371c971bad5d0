package io.nsqite.spring;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A listener that is registered in code, in place of an {@link NsqiteListener}. Immutable; each {@code with} method returns a
 * changed copy.
 *
 * <pre>{@code
 * registry.register(ListenerRegistration.of("mail", "orders", "mail", OrderPlaced.class, (event, delivery) -> send(event))
 *         .withOptions(options -> options.withConcurrency(4).withMaxAttempts(5)));
 * }</pre>
 *
 * <p>{@link ConsumerOptions#withFailureHandler} gives it an error handler of its own, or, with null, none; unless set it has that of all
 * listeners.
 *
 * <p>Of a setting that is given in several places the strongest wins: the property {@code nsqite.listeners[<id>].*}, the
 * registration, the property {@code nsqite.listener.*}, the built-in default.
 */
public final class ListenerRegistration {

    private final String id;
    private final String topic;
    private final String channel;
    private final Handling handling;
    private final Extras extras;

    private ListenerRegistration(String id, String topic, String channel, Handling handling, Extras extras) {
        this.id = id;
        this.topic = topic;
        this.channel = channel;
        this.handling = handling;
        this.extras = extras;
    }

    /**
     * With a handler that takes deliveries as they are; a {@link io.nsqite.consumer.BatchHandler} may get several at once.
     *
     * @param id its name in the registry and the properties; must not be empty
     */
    public static ListenerRegistration of(String id, String topic, String channel, MessageHandler handler) {
        return of(id, topic, channel, new OfDeliveries(Objects.requireNonNull(handler, "handler")));
    }

    /**
     * With a handler of payloads.
     *
     * @param id its name in the registry and the properties; must not be empty
     * @param payloadType what the payload is read as: {@code byte[]} as stored, {@code String} as UTF-8, any other from JSON
     */
    public static <T> ListenerRegistration of(
            String id, String topic, String channel, Class<T> payloadType, PayloadHandler<T> handler) {
        return of(id, topic, channel, new OfPayloads<>(payloadType, Objects.requireNonNull(handler, "handler")));
    }

    private static ListenerRegistration of(String id, String topic, String channel, Handling handling) {
        if (id.isBlank()) {
            throw new IllegalArgumentException(
                    "The listener of channel '%s' of topic '%s' has no id; give it one, for example \"%s.%s\""
                            .formatted(channel, topic, topic, channel));
        }
        return new ListenerRegistration(id, topic, channel, handling, Extras.NONE);
    }

    /**
     * With other options.
     *
     * @param change gets what the properties say of all listeners, and returns it changed
     */
    public ListenerRegistration withOptions(UnaryOperator<ConsumerOptions> change) {
        return with(new Extras(change, extras.transactionManager, extras.autoStartup));
    }

    /** With its handler and acknowledgement committing together, in a transaction of the only or primary manager. */
    public ListenerRegistration withTransaction() {
        return withTransaction("");
    }

    /** With its handler and acknowledgement committing together, in a transaction of a manager. */
    public ListenerRegistration withTransaction(String managerName) {
        return with(new Extras(extras.options, Optional.of(managerName), extras.autoStartup));
    }

    /** Not to be started before the registry is asked to. */
    public ListenerRegistration withoutAutoStartup() {
        return with(new Extras(extras.options, extras.transactionManager, Optional.of(false)));
    }

    private ListenerRegistration with(Extras newExtras) {
        return new ListenerRegistration(id, topic, channel, handling, newExtras);
    }

    /** Its name in the registry and the properties. */
    public String id() {
        return id;
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /** The channel. */
    public String channel() {
        return channel;
    }

    /** What handles its messages. */
    public Handling handling() {
        return handling;
    }

    /** How it changes the options. */
    public UnaryOperator<ConsumerOptions> options() {
        return extras.options;
    }

    /** The transaction manager: empty for none, an empty name for the only or primary one. */
    public Optional<String> transactionManager() {
        return extras.transactionManager;
    }

    /** Whether it starts with the application; empty for the properties to say. */
    public Optional<Boolean> autoStartup() {
        return extras.autoStartup;
    }

    @Override
    public String toString() {
        return "'%s' (registered in code)".formatted(id);
    }

    private record Extras(
            UnaryOperator<ConsumerOptions> options,
            Optional<String> transactionManager,
            Optional<Boolean> autoStartup) {

        static final Extras NONE = new Extras(UnaryOperator.identity(), Optional.empty(), Optional.empty());
    }

    /** What handles the messages of a listener. */
    public sealed interface Handling {}

    /** Something that takes deliveries as they are. */
    public record OfDeliveries(MessageHandler handler) implements Handling {}

    /** Something that takes payloads of a type. */
    public record OfPayloads<T>(Class<T> payloadType, PayloadHandler<T> handler) implements Handling {}
}
