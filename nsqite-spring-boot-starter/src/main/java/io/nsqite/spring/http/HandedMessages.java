package io.nsqite.spring.http;

import io.nsqite.pull.PulledMessage;
import io.nsqite.spring.remote.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.ModelAndView;

/** Messages on their way to a client, which become JSON on the thread that writes them. They are written, or given back. */
final class HandedMessages extends BareResponse {

    private static final Logger log = LoggerFactory.getLogger(HandedMessages.class);

    private final Handover handover;
    private final List<PulledMessage> messages;
    private final AtomicBoolean isTaken = new AtomicBoolean();

    HandedMessages(Handover handover, List<PulledMessage> messages) {
        this.handover = handover;
        this.messages = messages;
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context) {
        if (!isTaken.compareAndSet(false, true)) {
            return null; // the container has given the request up
        }
        try {
            return JsonAnswer.ok(rendered()).writeTo(request, response, context);
        } catch (IOException gone) {
            log.debug("Messages could not be handed over; they come again", gone);
            handover.failed(messages);
            return null;
        } catch (RuntimeException fault) {
            handover.failed(messages);
            throw fault;
        }
    }

    /** Whether nobody has begun to write them. */
    boolean areLeft() {
        return !messages.isEmpty() && !isTaken.get();
    }

    /** Nobody will write them. */
    void abandon() {
        if (isTaken.compareAndSet(false, true)) {
            handover.giveBack(messages);
        }
    }

    /** Each by itself, so that one that can't be written takes no others along. */
    private byte[] rendered() {
        List<byte[]> elements = new ArrayList<>();
        for (PulledMessage message : messages) {
            byte[] json = rendered(message);
            if (json != null) {
                elements.add(json);
            }
        }
        return array(elements);
    }

    private byte @Nullable [] rendered(PulledMessage message) {
        try {
            return Json.write(ReceivedMessage.of(message));
        } catch (RuntimeException unwritable) {
            handover.reject(message, unwritable);
            return null;
        }
    }

    private static byte[] array(List<byte[]> elements) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.write('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                json.write(',');
            }
            json.writeBytes(elements.get(i));
        }
        json.write(']');
        return json.toByteArray();
    }
}
