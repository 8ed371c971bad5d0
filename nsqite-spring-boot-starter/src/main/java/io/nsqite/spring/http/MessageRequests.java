package io.nsqite.spring.http;

import io.nsqite.admin.ChannelName;
import io.nsqite.message.AnswerNotWrittenException;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.pull.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Requests that receive messages and answer them. */
final class MessageRequests {

    private static final String TIMEOUT = "timeout";
    private static final String MAX = "max";
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
    private static final int MOST = 100;

    private final Subscribers subscribers;
    private final LongPolls polls;
    private final RequestBodies bodies;

    MessageRequests(Subscribers subscribers, LongPolls polls, RequestBodies bodies) {
        this.subscribers = subscribers;
        this.polls = polls;
        this.bodies = bodies;
    }

    /** Waits for messages without a thread. */
    ServerResponse receive(ServerRequest request) {
        ChannelName name = RequestNames.subscriber(request);
        Query query = new Query(request, Set.of(TIMEOUT, MAX));
        Duration wait = query.duration(TIMEOUT, DurationRange.WAIT, DEFAULT_WAIT);
        int max = query.number(MAX, 1, MOST, 1);
        Reception reception = subscribers.receive(name, max, wait);
        LongPoll.Received received = new LongPoll.Received(
                reception.messages(),
                failure -> Problems.answer(receiving(failure), request),
                new Handover(reception.consumer()));
        return new LongPoll(polls, received, wait);
    }

    /** A channel may be given back, or deleted, just before. */
    private static Throwable receiving(Throwable failure) {
        Throwable cause = Problems.cause(failure);
        return cause instanceof IllegalStateException ? RefusedRequestException.conflict(cause.getMessage()) : cause;
    }

    /** The visibility timeout begins anew. */
    ServerResponse extend(ServerRequest request) throws IOException {
        Query.refuseAll(request);
        ChannelName name = RequestNames.subscriber(request);
        Fields said = bodies.readObjectIfAny(request);
        Duration given = said == null ? null : said.duration("visibility_duration", DurationRange.VISIBILITY);
        end(said);
        Duration visibility = given == null ? subscribers.options(name).visibilityDuration() : given;
        return answer(name, request, receipt -> subscribers.answering(name).extend(receipt, visibility));
    }

    /** The message is done. */
    ServerResponse acknowledge(ServerRequest request) {
        Query.refuseAll(request);
        ChannelName name = RequestNames.subscriber(request);
        return answer(name, request, receipt -> subscribers.answering(name).finish(receipt));
    }

    /** The message comes again. */
    ServerResponse requeue(ServerRequest request) throws IOException {
        Query.refuseAll(request);
        ChannelName name = RequestNames.subscriber(request);
        Fields said = bodies.readObjectIfAny(request);
        Duration given = said == null ? null : said.duration("delay", DurationRange.DELAY);
        end(said);
        Duration delay = given == null ? Duration.ZERO : given;
        return answer(name, request, receipt -> subscribers.answering(name).requeue(receipt, delay));
    }

    private static void end(@Nullable Fields said) {
        if (said != null) {
            said.end();
        }
    }

    private ServerResponse answer(ChannelName name, ServerRequest request, Consumer<Receipt> answer) {
        try {
            answer.accept(receipt(name, request));
            return JsonAnswer.noContent();
        } catch (DeliveryLostException e) {
            throw RefusedRequestException.gone(e.getMessage());
        } catch (AnswerNotWrittenException e) {
            throw RefusedRequestException.unavailable(e.getMessage());
        } catch (IllegalStateException e) {
            throw RefusedRequestException.conflict(e.getMessage());
        }
    }

    private Receipt receipt(ChannelName name, ServerRequest request) {
        try {
            return Receipt.parse(request.pathVariable("id"));
        } catch (IllegalArgumentException e) {
            subscribers.require(name);
            throw RefusedRequestException.notFound(
                    "The id is none that was received with a message; give it as it was received");
        }
    }
}
