package io.nsqite.spring.actuate;

import io.nsqite.admin.MessageStatus;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.producer.Producer;

/** Shows and cancels messages. */
final class MessageActions {

    private final QueueAdmin admin;
    private final Producer producer;

    MessageActions(QueueAdmin admin, Producer producer) {
        this.admin = admin;
        this.producer = producer;
    }

    MessageHistoryDescriptor show(long id, PayloadView payloads) {
        return MessageHistoryDescriptor.of(find(id), payloads);
    }

    ActionDescriptor cancel(long id) {
        find(id);
        if (!producer.cancel(id)) {
            throw RequestRefusedException.conflict(
                    "Message %d can't be cancelled any more: a handler has received it, or may have".formatted(id));
        }
        return ActionDescriptor.of("cancel", 1);
    }

    private MessageStatus find(long id) {
        return admin.message(id)
                .orElseThrow(() -> RequestRefusedException.notFound(
                        "There is no message %d: there never was, or it was cancelled, or is not kept any more"
                                .formatted(id)));
    }
}
