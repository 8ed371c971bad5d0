package io.nsqite.spring.http;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.spring.remote.Json;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The options of subscribers. What clients have said of them is kept with their channels in the database, so all processes have the same, a restart
 * changes nothing, and who deletes a channel deletes it. Where they have said nothing the defaults hold, as they are now.
 */
final class KeptOptions {

    private static final Logger log = LoggerFactory.getLogger(KeptOptions.class);

    private final QueueAdmin admin;
    private final SubscriberOptions defaults;

    /** @param defaults of those that nobody has given any */
    KeptOptions(QueueAdmin admin, SubscriberOptions defaults) {
        this.admin = admin;
        this.defaults = defaults;
    }

    SubscriberOptions defaults() {
        return defaults;
    }

    SubscriberOptions of(ChannelName name) {
        return inForce(wish(name));
    }

    SubscriberOptions inForce(OptionWish wish) {
        return wish.over(defaults);
    }

    /** What was said of a subscriber. */
    OptionWish wish(ChannelName name) {
        return admin.note(name).map(note -> read(name, note)).orElse(OptionWish.NONE);
    }

    private static OptionWish read(ChannelName name, String note) {
        try {
            Fields fields = Fields.of("", Json.read(note.getBytes(StandardCharsets.UTF_8)));
            return OptionWish.read(fields);
        } catch (JacksonException | RefusedRequestException e) {
            log.debug("{}: what is noted with it are no options: {}", name, note, e);
            return OptionWish.NONE;
        }
    }

    static String note(OptionWish wish) {
        return Json.text(wish);
    }
}
