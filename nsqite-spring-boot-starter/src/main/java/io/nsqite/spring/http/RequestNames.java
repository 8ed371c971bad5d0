package io.nsqite.spring.http;

import io.nsqite.admin.ChannelName;
import io.nsqite.message.Names;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.web.servlet.function.ServerRequest;

/** Names of topics and channels in requests. */
final class RequestNames {

    /** Valid, but clients and proxies would take them out of a path. */
    private static final Set<String> RELATIVE = Set.of(".", "..");

    private RequestNames() {}

    /** The topic in the path. */
    static String topic(ServerRequest request) {
        return checked(() -> Names.topic(request.pathVariable("topic")));
    }

    /** The topic and the channel in the path. */
    static ChannelName subscriber(ServerRequest request) {
        return checked(() -> new ChannelName(request.pathVariable("topic"), request.pathVariable("name")));
    }

    /** A topic that is to be created. */
    static String newTopic(String name) {
        return addressable(checked(() -> Names.topic(name)));
    }

    /** A channel that is to be created. */
    static String newChannel(String name) {
        return addressable(checked(() -> Names.channel(name)));
    }

    private static String addressable(String name) {
        if (RELATIVE.contains(name)) {
            throw RefusedRequestException.badRequest(
                    "The name '%s' can't stand in a path; choose another one".formatted(name));
        }
        return name;
    }

    private static <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw RefusedRequestException.badRequest(e.getMessage());
        }
    }
}
