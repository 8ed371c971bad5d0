package io.nsqite.spring.actuate;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import java.util.List;

/** Shows, replays and discards dead letters. */
final class DeadLetterActions {

    private static final int PAGE = 100;

    private final QueueAdmin admin;

    DeadLetterActions(QueueAdmin admin) {
        this.admin = admin;
    }

    DeadLettersDescriptor page(Arguments arguments, PayloadView payloads) {
        DeadLetterQuery query = arguments.deadLetters();
        int limit = query.limit() == DeadLetterQuery.NO_LIMIT ? PAGE : query.limit();
        List<DeadLetter> page = admin.deadLetters(query.withLimit(limit));
        return DeadLettersDescriptor.of(page, payloads, limit);
    }

    /** Those of one channel that the parameters choose; all of it without any. */
    ActionDescriptor replay(ChannelName name, Arguments arguments) {
        requireReplay(arguments);
        DeadLetterQuery query = arguments.deadLetters().withTopic(name.topic()).withChannel(name.channel());
        return ActionDescriptor.of("replay", admin.replayAll(query));
    }

    /** Those that the parameters choose. A mistyped name of one is not seen here, so all of them are meant only if it is said. */
    ActionDescriptor replay(Arguments arguments) {
        String action = arguments.required("action", "replay or replay-all");
        DeadLetterQuery query = arguments.deadLetters();
        boolean isAll = query.equals(DeadLetterQuery.all());
        if (!action.equals(isAll ? "replay-all" : "replay")) {
            throw RequestRefusedException.badRequest(
                    ("'action' must be 'replay' together with one or more of topic, channel, error, failedFrom, failedBefore and limit, or"
                                    + " 'replay-all' without any; it was '%s' %s")
                            .formatted(action, isAll ? "without" : "with some"));
        }
        return ActionDescriptor.of(action, admin.replayAll(query));
    }

    ActionDescriptor replay(ChannelName name, long messageId, Arguments arguments) {
        requireReplay(arguments);
        if (!admin.replay(name, messageId)) {
            throw noSuchLetter(name, messageId);
        }
        return ActionDescriptor.of("replay", 1);
    }

    private static void requireReplay(Arguments arguments) {
        String action = arguments.required("action", "replay");
        if (!action.equals("replay")) {
            throw RequestRefusedException.badRequest(
                    "'action' must be 'replay' for dead letters but was '%s'; one is discarded with DELETE"
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
