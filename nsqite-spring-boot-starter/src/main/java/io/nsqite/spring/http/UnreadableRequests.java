package io.nsqite.spring.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Answers requests below the base path that Spring MVC can't read before they reach anybody: it reads the parts of a form early, while the queue takes
 * none. What is not below is left to the application.
 */
public final class UnreadableRequests implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(UnreadableRequests.class);

    private final String basePath;

    /** @param basePath where the interface is */
    public UnreadableRequests(String basePath) {
        this.basePath = basePath;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!(failure instanceof MultipartException) || !isBelow(request)) {
            return null;
        }
        try {
            log.debug("A request has parts that can't be read", failure);
            return answered(request, response);
        } catch (IOException gone) {
            log.debug("A client that sent parts has gone", gone);
            return new ModelAndView();
        }
    }

    private static ModelAndView answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonAnswer answer = Problem.answer(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "The content-type must be application/json but was that of a form with parts",
                request.getRequestURI());
        answer.writeTo(request, response, List::of);
        return new ModelAndView();
    }

    private boolean isBelow(HttpServletRequest request) {
        if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
            return false;
        }
        String path = ServletRequestPathUtils.getParsedRequestPath(request)
                .pathWithinApplication()
                .value();
        return path.equals(basePath) || path.startsWith(basePath + "/");
    }
}
