package io.nsqite.spring.http;

import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Hands messages over to a client. Those that can't be written come again at once; those that were written to a client which did not read them
 * any more come again when their visibility timeout is over.
 *
 * @param consumer that has received them
 */
record Handover(PullConsumer consumer) {

    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    ServerResponse answer(List<PulledMessage> messages) {
        return new Answer(
                JsonAnswer.ok(messages.stream().map(ReceivedMessage::of).toList()), () -> giveBack(messages));
    }

    void giveBack(List<PulledMessage> messages) {
        for (PulledMessage message : messages) {
            try {
                consumer.requeue(message.receipt());
            } catch (RuntimeException e) {
                log.debug("{} could not be given back; it comes again when its time is over", message.message(), e);
            }
        }
    }

    /** Messages on their way. */
    private record Answer(JsonAnswer json, Runnable giveBack) implements ServerResponse {

        @Override
        public @Nullable ModelAndView writeTo(
                HttpServletRequest request, HttpServletResponse response, Context context) {
            try {
                return json.writeTo(request, response, context);
            } catch (IOException gone) {
                log.debug("Messages could not be handed over; they come again", gone);
                giveBack.run();
                return null;
            } catch (RuntimeException fault) {
                giveBack.run();
                throw fault;
            }
        }

        @Override
        public HttpStatusCode statusCode() {
            return json.statusCode();
        }

        @Override
        public HttpHeaders headers() {
            return json.headers();
        }

        @Override
        public MultiValueMap<String, Cookie> cookies() {
            return json.cookies();
        }
    }
}
