package io.nsqite.spring.http;

import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages over to a client. Those that are not written, or not to the end, come again at once; those that were written to a client which did not
 * read them any more come again when their visibility timeout is over.
 *
 * @param consumer that has received them
 */
record Handover(PullConsumer consumer) {

    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    HandedMessages answer(List<PulledMessage> messages) {
        return new HandedMessages(this, messages);
    }

    /** Nobody has seen anything of them: they come again as if they had not been received. */
    void giveBack(List<PulledMessage> messages) {
        consumer.giveBack(messages.stream().map(PulledMessage::receipt).toList());
    }

    /** Something of them was written, perhaps: they come again with the next attempt, so that what no client survives ends at last. */
    void failed(List<PulledMessage> messages) {
        for (PulledMessage message : messages) {
            try {
                consumer.requeue(message.receipt());
            } catch (RuntimeException e) {
                log.debug("{} could not be requeued; it comes again when its time is over", message.message(), e);
            }
        }
    }

    /** No attempt would cure it. */
    void reject(PulledMessage message, RuntimeException unwritable) {
        log.warn(
                "{}.{}: message {} can't be written as JSON, and is a dead letter now",
                consumer.topic(),
                consumer.channel(),
                message.message().id(),
                unwritable);
        try {
            consumer.reject(message.receipt(), unwritable);
        } catch (RuntimeException e) {
            log.debug("{} could not be rejected; it comes again when its time is over", message.message(), e);
        }
    }
}
