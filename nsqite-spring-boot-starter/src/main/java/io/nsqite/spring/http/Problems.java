package io.nsqite.spring.http;

import io.nsqite.error.DatabaseException;
import io.nsqite.pull.ChannelBusyException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Makes problem details of what goes wrong, of the queue's requests alone. What is the server's fault is logged, and not told. */
final class Problems implements HandlerFilterFunction<ServerResponse, ServerResponse> {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final BrowserCheck browsers;

    /** @param browsers refuses what pages of others have browsers do */
    Problems(BrowserCheck browsers) {
        this.browsers = browsers;
    }

    @Override
    public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        try {
            browsers.require(request);
            refuseParameters(request);
            return next.handle(request);
        } catch (Throwable failure) {
            return answer(failure, request);
        }
    }

    /** Those with a semicolon in the path, which could hide what a rule for paths looks for. */
    private static void refuseParameters(ServerRequest request) {
        if (path(request).indexOf(';') >= 0) {
            throw RefusedRequestException.badRequest("The path must not have parameters (;)");
        }
    }

    /** What the client is told. */
    static ServerResponse answer(Throwable thrown, ServerRequest request) {
        Throwable failure = cause(thrown);
        String path = path(request);
        if (failure instanceof RefusedRequestException refused) {
            return Problem.answer(refused.status(), refused.reason(), path);
        }
        if (failure instanceof ChannelBusyException busy) {
            return Problem.answer(HttpStatus.CONFLICT, String.valueOf(busy.getMessage()), path);
        }
        log.error("A request over HTTP failed: {} {}", request.method(), path, failure);
        return failure instanceof DatabaseException || failure instanceof DataAccessException
                ? Problem.answer(
                        HttpStatus.SERVICE_UNAVAILABLE, "The queue's database refuses; try again in a while", path)
                : Problem.answer(HttpStatus.INTERNAL_SERVER_ERROR, "The log of the application says why", path);
    }

    /** What went wrong in a future. */
    static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    static String path(ServerRequest request) {
        return request.servletRequest().getRequestURI();
    }
}
