package io.nsqite.spring.http;

import io.nsqite.pull.PulledMessage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/** A request that waits for messages, and holds no thread meanwhile. Ends with messages, with none, or because its client has gone. */
final class LongPoll implements ServerResponse {

    private static final Logger log = LoggerFactory.getLogger(LongPoll.class);

    /** The queue ends the wait in time; the container is only to be no earlier. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final LongPolls polls;
    private final Received received;
    private final Duration limit;
    private @Nullable HttpServletResponse response;
    private boolean ended;

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

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse given, Context context)
            throws ServletException, IOException {
        if (received.messages().isDone()) {
            return received.messages().handle(this::toAnswer).join().writeTo(request, given, context);
        }
        CompletableFuture<ServerResponse> answer = received.messages().handleAsync(this::toAnswer, polls.threads());
        try {
            ModelAndView none = ServerResponse.async(answer, limit).writeTo(request, given, context);
            begin(given);
            return none;
        } catch (ServletException | IOException | RuntimeException notWaiting) {
            leave(); // a filter of the application that can't do it, for example
            throw notWaiting;
        }
    }

    private synchronized void begin(HttpServletResponse given) {
        if (!ended) {
            response = given;
            polls.begun(this);
        }
    }

    private ServerResponse toAnswer(@Nullable List<PulledMessage> messages, @Nullable Throwable failure) {
        List<PulledMessage> handed = messages == null ? List.of() : messages;
        if (!end()) {
            received.handover().giveBack(handed);
            return received.handover().answer(List.of()); // nobody reads it
        }
        return failure != null && !hasBegun()
                ? received.problem().apply(failure)
                : received.handover().answer(handed);
    }

    /** Whether it has not ended before. */
    private synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        polls.ended(this);
        return first;
    }

    /** Whether a status was sent, so that there can't be another one. */
    private synchronized boolean hasBegun() {
        return response != null && response.isCommitted();
    }

    /** Writes what means nothing, to learn whether somebody reads. */
    synchronized void beat() {
        if (ended || response == null) {
            return;
        }
        try {
            if (!response.isCommitted()) {
                response.setStatus(HttpStatus.OK.value());
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            }
            response.getOutputStream().write(' ');
            response.flushBuffer();
        } catch (IOException | RuntimeException gone) {
            log.debug("A client that waited for messages has gone", gone);
            leave();
        }
    }

    /** What was handed to it meanwhile is given back, and nothing more is. */
    private void leave() {
        end();
        received.messages().cancel(false);
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatus.OK;
    }

    @Override
    public HttpHeaders headers() {
        return new HttpHeaders();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }
}
