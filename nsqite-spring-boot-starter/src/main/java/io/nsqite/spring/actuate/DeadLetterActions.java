package io.nsqite.spring.actuate;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;

/** Shows, replays and discards dead letters. */
final class DeadLetterActions {

    private final QueueAdmin admin;

    DeadLetterActions(QueueAdmin admin) {
        this.admin = admin;
    }

    /** Those that the parameters choose. */
    DeadLettersDescriptor page(Arguments arguments, PayloadView payloads) {
        arguments.requireOnly("topic", "channel", "error", "failedFrom", "failedBefore", "after", "limit");
        return page(arguments.deadLetters(), payloads);
    }

    /** Those of one channel that the parameters choose. */
    DeadLettersDescriptor page(ChannelName name, Arguments arguments, PayloadView payloads) {
        arguments.requireOnly("error", "failedFrom", "failedBefore", "after", "limit");
        return page(of(name, arguments), payloads);
    }

    private DeadLettersDescriptor page(DeadLetterQuery query, PayloadView payloads) {
        return new DeadLetterPage(admin, payloads).read(query);
    }

    private static DeadLetterQuery of(ChannelName name, Arguments arguments) {
        return arguments.deadLetters().withTopic(name.topic()).withChannel(name.channel());
    }

    /** Those of one channel that the parameters choose, or, if that is said, all of it. */
    ActionDescriptor replay(ChannelName name, Arguments arguments) {
        arguments.requireOnly("action", "error", "failedFrom", "failedBefore", "limit");
        String action = actionFor(arguments, "error, failedFrom, failedBefore and limit");
        return ActionDescriptor.of(action, admin.replayAll(of(name, arguments)));
    }

    /** Those that the parameters choose, or, if that is said, all. */
    ActionDescriptor replay(Arguments arguments) {
        arguments.requireOnly("action", "topic", "channel", "error", "failedFrom", "failedBefore", "limit");
        String action = actionFor(arguments, "topic, channel, error, failedFrom, failedBefore and limit");
        return ActionDescriptor.of(action, admin.replayAll(arguments.deadLetters()));
    }

    /** Who leaves the filter out by mistake gets a refusal, and not everything. */
    private static String actionFor(Arguments arguments, String filters) {
        String action = arguments.required("action", "replay or replay-all");
        boolean isAll = arguments.deadLetters().equals(DeadLetterQuery.all());
        if (!action.equals(isAll ? "replay-all" : "replay")) {
            throw RequestRefusedException.badRequest(
                    "'action' must be 'replay' together with one or more of %s, or 'replay-all' without any; it was '%s' %s"
                            .formatted(filters, action, isAll ? "without" : "with some"));
        }
        return action;
    }

    ActionDescriptor replay(ChannelName name, long messageId, Arguments arguments) {
        requireReplay(arguments.requireOnly("action"));
        if (!admin.replay(name, messageId)) {
            throw noSuchLetter(name, messageId);
        }
        return ActionDescriptor.of("replay", 1);
    }

    private static void requireReplay(Arguments arguments) {
        String action = arguments.required("action", "replay");
        if (!action.equals("replay")) {
            throw RequestRefusedException.badRequest(
                    "'action' must be 'replay' for a dead letter but was '%s'; it is discarded with DELETE"
                            .formatted(action));
        }
    }

    ActionDescriptor discard(ChannelName name, long messageId) {
        if (!admin.discard(name, messageId)) {
            throw noSuchLetter(name, messageId);
        }
        return ActionDescriptor.of("discard", 1);
    }

    private static RequestRefusedException noSuchLetter(ChannelName name, long messageId) {
        return RequestRefusedException.notFound(
                "Message %d is no dead letter of channel %s; messages/%d tells what it is"
                        .formatted(messageId, name, messageId));
    }
}
