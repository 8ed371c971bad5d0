package io.nsqite.spring.http;

import io.nsqite.admin.ChannelName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A subscriber as a client wants it.
 *
 * @param name topic and channel
 * @param wish what it says of how it is to consume
 */
record NewSubscriber(ChannelName name, OptionWish wish) {

    /** How many a request may create. */
    static final int MOST = 100;

    /** All of a request; each name stands there once. */
    static List<NewSubscriber> listOf(String topic, List<Fields> said) {
        List<NewSubscriber> subscribers =
                said.stream().map(fields -> of(topic, fields)).toList();
        Set<ChannelName> names = new HashSet<>();
        for (NewSubscriber subscriber : subscribers) {
            if (!names.add(subscriber.name)) {
                throw RefusedRequestException.badRequest(
                        "The subscriber '%s' is given twice".formatted(subscriber.name.channel()));
            }
        }
        return subscribers;
    }

    private static NewSubscriber of(String topic, Fields said) {
        String channel = RequestNames.newChannel(said.requiredText("name"));
        OptionWish wish = OptionWish.of(said.object("option"));
        said.end();
        return new NewSubscriber(new ChannelName(topic, channel), wish);
    }
}
