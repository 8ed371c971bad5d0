package io.nsqite.spring.actuate;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.bus.EventBus;
import io.nsqite.spring.NsqiteListenerRegistry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The Actuator endpoint {@code nsqite}.
 *
 * <pre>{@code
 * GET    /actuator/nsqite                                  topics, channels, processes, the event bus
 * GET    /actuator/nsqite/channels/{topic}/{channel}       one channel
 * POST   /actuator/nsqite/channels/{topic}/{channel}       {"action": "pause"}, resume, rewind, purge
 * DELETE /actuator/nsqite/channels/{topic}/{channel}       deletes it
 * GET    /actuator/nsqite/messages/{id}                    a message with its history in each channel
 * DELETE /actuator/nsqite/messages/{id}                    cancels it
 * GET    /actuator/nsqite/dead-letters                     a page of them
 * POST   /actuator/nsqite/dead-letters                     {"action": "replay-all"}, or replay with a filter
 * GET    /actuator/nsqite/dead-letters/{topic}/{channel}   a page of those of a channel
 * POST   /actuator/nsqite/dead-letters/{topic}/{channel}   {"action": "replay-all"}, or replay with a filter
 * POST   /actuator/nsqite/dead-letters/{topic}/{channel}/{id}    {"action": "replay"}: one
 * DELETE /actuator/nsqite/dead-letters/{topic}/{channel}/{id}    discards one
 * }</pre>
 *
 * <p>Who asks for what there is not gets 404, a bad parameter 400, what comes too late 409, a database that does not work 503, each with
 * the reason. Reading never waits for writers, nor takes longer because more messages wait. Safe for use by many threads.
 */
@WebEndpoint(id = "nsqite")
@RegisterReflectionForBinding({ // as its operations tell only of what these have in common
    ActionDescriptor.class,
    ChannelDescriptor.class,
    DeadLettersDescriptor.class,
    ErrorDescriptor.class,
    MessageHistoryDescriptor.class,
    QueueDescriptor.class
})
public final class NsqiteEndpoint {

    private final QueueView view;
    private final ChannelActions channels;
    private final DeadLetterActions deadLetters;
    private final MessageActions messages;
    private final PayloadRules payloads;

    /**
     * Of a queue.
     *
     * @param bus the event bus beside it; null if there is none
     * @param payloads who may see those of messages
     */
    public NsqiteEndpoint(
            Nsqite nsqite,
            @Nullable EventBus bus,
            NsqiteListenerRegistry listeners,
            DeliveryRates rates,
            PayloadRules payloads) {
        view = new QueueView(nsqite, bus, listeners, rates, InstantSource.system());
        channels = new ChannelActions(nsqite.admin());
        deadLetters = new DeadLetterActions(nsqite.admin());
        messages = new MessageActions(nsqite.admin(), nsqite.producer());
        this.payloads = payloads;
    }

    /** All topics and channels. */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> queue() {
        return Responses.of(view::queue);
    }

    /** What a path leads to: a channel, a message, or dead letters, which the parameters choose. */
    @ReadOperation
    @SuppressWarnings("checkstyle:ParameterNumber") // each is one of HTTP
    public WebEndpointResponse<OperationResponseBody> read(
            SecurityContext caller,
            @Selector(match = Match.ALL_REMAINING) String[] path,
            @Nullable String topic,
            @Nullable String channel,
            @Nullable String error,
            @Nullable String failedFrom,
            @Nullable String failedBefore,
            @Nullable String after,
            @Nullable String limit) {
        Arguments arguments = new Arguments()
                .with("topic", topic)
                .with("channel", channel)
                .with("error", error)
                .with("failedFrom", failedFrom)
                .with("failedBefore", failedBefore)
                .with("after", after)
                .with("limit", limit);
        return Responses.of(() -> read(new Path(path), arguments, payloads.of(caller)));
    }

    private OperationResponseBody read(Path path, Arguments arguments, PayloadView shown) {
        if (path.leadsToDeadLetters()) {
            return deadLetters.page(arguments, shown);
        }
        if (path.leadsToDeadLettersOfChannel()) {
            return deadLetters.page(existing(path), arguments, shown);
        }
        arguments.requireOnly();
        if (path.leadsToChannel()) {
            return view.channel(path.channel());
        }
        if (path.leadsToMessage()) {
            return messages.show(path.messageId(), shown);
        }
        throw path.leadsNowhere("GET");
    }

    /** Does something with what a path leads to: a channel, a dead letter, or dead letters, which the parameters choose. */
    @WriteOperation
    @SuppressWarnings("checkstyle:ParameterNumber") // each is one of HTTP
    public WebEndpointResponse<OperationResponseBody> write(
            @Selector(match = Match.ALL_REMAINING) String[] path,
            @Nullable String action,
            @Nullable String messageId,
            @Nullable String from,
            @Nullable String topic,
            @Nullable String channel,
            @Nullable String error,
            @Nullable String failedFrom,
            @Nullable String failedBefore,
            @Nullable String limit) {
        Arguments arguments = new Arguments()
                .with("action", action)
                .with("messageId", messageId)
                .with("from", from)
                .with("topic", topic)
                .with("channel", channel)
                .with("error", error)
                .with("failedFrom", failedFrom)
                .with("failedBefore", failedBefore)
                .with("limit", limit);
        return Responses.of(() -> write(new Path(path), arguments));
    }

    private OperationResponseBody write(Path path, Arguments arguments) {
        if (path.leadsToChannel()) {
            return channels.act(existing(path), arguments);
        }
        if (path.leadsToDeadLetters()) {
            return deadLetters.replay(arguments);
        }
        if (path.leadsToDeadLettersOfChannel()) {
            return deadLetters.replay(existing(path), arguments);
        }
        if (path.leadsToDeadLetter()) {
            return deadLetters.replay(existing(path), path.messageId(), arguments);
        }
        throw path.leadsNowhere("POST");
    }

    /** Deletes a channel, discards a dead letter, or cancels a message. */
    @DeleteOperation
    public WebEndpointResponse<OperationResponseBody> delete(@Selector(match = Match.ALL_REMAINING) String[] path) {
        return Responses.of(() -> delete(new Path(path)));
    }

    private OperationResponseBody delete(Path path) {
        if (path.leadsToChannel()) {
            return channels.delete(existing(path));
        }
        if (path.leadsToDeadLetter()) {
            return deadLetters.discard(existing(path), path.messageId());
        }
        if (path.leadsToMessage()) {
            return messages.cancel(path.messageId());
        }
        throw path.leadsNowhere("DELETE");
    }

    private ChannelName existing(Path path) {
        ChannelName name = path.channel();
        view.requireChannel(name);
        return name;
    }
}
