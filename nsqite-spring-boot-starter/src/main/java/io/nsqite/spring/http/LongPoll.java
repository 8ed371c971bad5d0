package io.nsqite.spring.http;

import io.nsqite.pull.PulledMessage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A request that waits for messages, and holds no thread meanwhile. Ends with messages, with none, or because its client has gone.
 *
 * <p>One thread at a time writes to its client. None waits for another one that does: messages that come during a {@link #beat()} are left to
 * the thread that writes it, and go back if it does not get on.
 */
final class LongPoll extends BareResponse {

    private static final Logger log = LoggerFactory.getLogger(LongPoll.class);

    /** The queue ends the wait in time; the container is only to be no earlier. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private static final State WAITING = new Waiting();
    private static final State ENDED = new Ended();

    private final LongPolls polls;
    private final Received received;
    private final Duration limit;
    private final CompletableFuture<ServerResponse> answer = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(WAITING);
    private volatile @Nullable HttpServletResponse response;
    private volatile @Nullable HandedMessages handed;
    private volatile boolean over;

    /** @param wait how long it waits at the most */
    LongPoll(LongPolls polls, Received received, Duration wait) {
        this.polls = polls;
        this.received = received;
        limit = wait.plus(SLACK);
    }

    /**
     * What it waits for.
     *
     * @param messages the messages, at some time
     * @param problem what the client is told if they don't come
     * @param handover writes them
     */
    record Received(
            CompletableFuture<List<PulledMessage>> messages,
            Function<Throwable, ServerResponse> problem,
            Handover handover) {}

    /** What came of the wait. */
    private record Outcome(
            List<PulledMessage> messages, @Nullable Throwable failure) {

        static final Outcome NOTHING = new Outcome(List.of(), null);
    }

    private sealed interface State permits Waiting, Beating, Answered, Ended {}

    /** Nobody writes. */
    private record Waiting() implements State {}

    /** A beat is written. */
    private record Beating(long since) implements State {}

    /** The wait is over, and a beat is still written. */
    private record Answered(long since, Outcome outcome) implements State {}

    /** What is written from now on is the answer. */
    private record Ended() implements State {}

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse given, Context context)
            throws ServletException, IOException {
        if (received.messages().isDone()) {
            return received.messages()
                    .handle((messages, failure) -> toAnswer(outcome(messages, failure)))
                    .join()
                    .writeTo(request, given, context);
        }
        try {
            ModelAndView none = ServerResponse.async(answer, limit).writeTo(request, given, context);
            request.getAsyncContext().addListener(new AsyncEnd(this::over));
            begin(given);
            return none;
        } catch (ServletException | IOException | RuntimeException notWaiting) {
            leave(); // a filter of the application that can't do it, for example
            listen();
            throw notWaiting;
        }
    }

    private void begin(HttpServletResponse given) {
        response = given;
        polls.begun(this);
        if (state.get() == ENDED) {
            polls.ended(this);
        }
        listen();
    }

    private void listen() {
        var unused = received.messages()
                .whenCompleteAsync((messages, failure) -> come(outcome(messages, failure)), polls.endings());
    }

    private static Outcome outcome(@Nullable List<PulledMessage> messages, @Nullable Throwable failure) {
        return messages == null ? new Outcome(List.of(), failure) : new Outcome(messages, null);
    }

    /** The wait is over. */
    private void come(Outcome outcome) {
        while (true) {
            State now = state.get();
            if (now == ENDED) {
                giveBack(outcome);
                return;
            }
            if (now instanceof Beating beating) {
                if (state.compareAndSet(now, new Answered(beating.since, outcome))) {
                    return;
                }
            } else if (state.compareAndSet(now, ENDED)) {
                end(outcome);
                return;
            }
        }
    }

    private void end(Outcome outcome) {
        polls.ended(this);
        ServerResponse given = toAnswer(outcome);
        if (given instanceof HandedMessages messages) {
            handed = messages;
        }
        answer.complete(given);
        if (over) {
            abandonHanded();
        }
    }

    /** The container is done with the request, for whatever reason: what was not written by now never is. */
    private void over() {
        over = true;
        leave();
        abandonHanded();
    }

    private void abandonHanded() {
        HandedMessages messages = handed;
        if (messages != null && messages.areLeft()) {
            polls.returns().execute(messages::abandon);
        }
    }

    private ServerResponse toAnswer(Outcome outcome) {
        return outcome.failure == null || hasBegun()
                ? received.handover().answer(outcome.messages)
                : received.problem().apply(outcome.failure);
    }

    /** Whether a status was sent, so that there can't be another one. */
    private boolean hasBegun() {
        HttpServletResponse written = response;
        return written != null && written.isCommitted();
    }

    /** Writes what means nothing, to learn whether somebody reads. May take as long as the container lets it. */
    void beat() {
        HttpServletResponse written = response;
        State beating = new Beating(System.nanoTime());
        if (written == null || !state.compareAndSet(WAITING, beating)) {
            return;
        }
        try {
            writeSpace(written);
        } catch (IOException | RuntimeException gone) {
            log.debug("A client that waited for messages has gone", gone);
            leave();
            return;
        }
        if (!state.compareAndSet(beating, WAITING) && state.getAndSet(ENDED) instanceof Answered answered) {
            end(answered.outcome);
        }
    }

    private static void writeSpace(HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            response.setStatus(HttpStatus.OK.value());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        response.getOutputStream().write(' ');
        response.flushBuffer();
    }

    /** If a beat has not got on for so long, its client gets no messages, but others do. */
    void withdrawIfStuckFor(Duration patience) {
        State now = state.get();
        if (now instanceof Beating beating && isPast(beating.since, patience)) {
            received.messages().cancel(false);
        } else if (now instanceof Answered answered
                && isPast(answered.since, patience)
                && state.compareAndSet(now, new Answered(answered.since, Outcome.NOTHING))) {
            giveBack(answered.outcome);
        }
    }

    private static boolean isPast(long since, Duration patience) {
        return System.nanoTime() - since >= patience.toNanos();
    }

    /** What was handed to it meanwhile is given back, and nothing more is. */
    private void leave() {
        State before = state.getAndSet(ENDED);
        received.messages().cancel(false);
        if (before instanceof Answered answered) {
            giveBack(answered.outcome);
        }
        if (before != ENDED) {
            end(Outcome.NOTHING); // nobody reads it
        }
    }

    private void giveBack(Outcome outcome) {
        if (!outcome.messages.isEmpty()) {
            polls.returns().execute(() -> received.handover().giveBack(outcome.messages));
        }
    }
}
