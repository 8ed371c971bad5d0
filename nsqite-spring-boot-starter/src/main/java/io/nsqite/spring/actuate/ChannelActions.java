package io.nsqite.spring.actuate;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;

/** Changes channels. */
final class ChannelActions {

    private final QueueAdmin admin;

    ChannelActions(QueueAdmin admin) {
        this.admin = admin;
    }

    ActionDescriptor act(ChannelName name, Arguments arguments) {
        String action = arguments.required("action", "pause, resume, rewind or purge");
        if (!action.equals("rewind")) {
            arguments.requireOnly("action");
        }
        switch (action) {
            case "pause" -> admin.pause(name);
            case "resume" -> admin.resume(name);
            case "rewind" -> rewind(name, arguments.requireOnly("action", "messageId", "from"));
            case "purge" -> {
                return ActionDescriptor.of(action, admin.purge(name));
            }
            default ->
                throw RequestRefusedException.badRequest(
                        "'action' must be pause, resume, rewind or purge for a channel but was '%s'".formatted(action));
        }
        return ActionDescriptor.of(action);
    }

    private void rewind(ChannelName name, Arguments arguments) {
        if (arguments.has("messageId") == arguments.has("from")) {
            throw RequestRefusedException.badRequest(
                    "A rewind needs either 'messageId', the first message to come again, or 'from', a time like 2026-05-04T06:00:00Z");
        }
        if (arguments.has("messageId")) {
            admin.rewind(name, arguments.messageId("messageId"));
        } else {
            admin.rewind(name, arguments.instant("from"));
        }
    }

    ActionDescriptor delete(ChannelName name) {
        admin.delete(name);
        return ActionDescriptor.of("delete");
    }
}
