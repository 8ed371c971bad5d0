package io.nsqite.spring.http;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import java.io.IOException;
import java.util.List;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Requests for the subscribers of a topic. */
final class SubscriberRequests {

    /** Takes some ten milliseconds for a channel that has so much before it. */
    private static final long COUNT_UP_TO = 10_000;

    private final Nsqite nsqite;
    private final KnownTopics topics;
    private final Subscribers subscribers;
    private final RequestBodies bodies;

    SubscriberRequests(Nsqite nsqite, KnownTopics topics, Subscribers subscribers, RequestBodies bodies) {
        this.nsqite = nsqite;
        this.topics = topics;
        this.subscribers = subscribers;
        this.bodies = bodies;
    }

    /** More of them; of those that are there the options are changed, if any are said. */
    ServerResponse create(ServerRequest request) throws IOException {
        Query.refuseAll(request);
        String topic = RequestNames.topic(request);
        topics.require(topic);
        List<NewSubscriber> wanted =
                NewSubscriber.listOf(topic, Fields.listOf("", bodies.read(request), NewSubscriber.MOST));
        CreatedSubscribers created = subscribers.create(wanted);
        return created.answer(created.all());
    }

    /** All of a topic, with what they have before them. */
    ServerResponse list(ServerRequest request) {
        Query.refuseAll(request);
        String topic = RequestNames.topic(request);
        topics.require(topic);
        List<SubscriberView> all = nsqite.admin().channels(1).stream()
                .map(ChannelStatus::name)
                .filter(name -> name.topic().equals(topic))
                .flatMap(name -> nsqite.admin().channel(name, COUNT_UP_TO).stream())
                .map(this::view)
                .toList();
        return JsonAnswer.ok(all);
    }

    private SubscriberView view(ChannelStatus status) {
        ChannelName name = status.name();
        return SubscriberView.of(status, ServedBy.of(status, nsqite.consumers().all()), subscribers.options(name));
    }

    /** One less, with its position and its dead letters. */
    ServerResponse delete(ServerRequest request) {
        Query.refuseAll(request);
        ChannelName name = RequestNames.subscriber(request);
        subscribers.delete(name);
        return JsonAnswer.noContent();
    }
}
