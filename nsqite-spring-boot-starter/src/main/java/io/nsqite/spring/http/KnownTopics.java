package io.nsqite.spring.http;

import io.nsqite.admin.QueueAdmin;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which topics there are. A topic stays once it is there, so only those that are not known yet cost a look. */
final class KnownTopics {

    private final QueueAdmin admin;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    KnownTopics(QueueAdmin admin) {
        this.admin = admin;
    }

    /** @throws RefusedRequestException if there is no such topic */
    void require(String topic) {
        if (!known.contains(topic) && !exists(topic)) {
            throw RefusedRequestException.notFound(
                    "There is no topic '%s'; create it with its subscribers first".formatted(topic));
        }
        known.add(topic);
    }

    private boolean exists(String topic) {
        return admin.channels(1).stream()
                        .anyMatch(channel -> channel.name().topic().equals(topic))
                || admin.unheardTopics().contains(topic);
    }
}
