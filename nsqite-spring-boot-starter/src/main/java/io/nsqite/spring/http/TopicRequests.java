package io.nsqite.spring.http;

import io.nsqite.admin.QueueAdmin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Requests for topics. */
final class TopicRequests {

    private final QueueAdmin admin;
    private final Subscribers subscribers;
    private final RequestBodies bodies;

    TopicRequests(QueueAdmin admin, Subscribers subscribers, RequestBodies bodies) {
        this.admin = admin;
        this.subscribers = subscribers;
        this.bodies = bodies;
    }

    /** A topic begins with its first subscribers, which start at its beginning together. */
    ServerResponse create(ServerRequest request) throws IOException {
        Query.refuseAll(request);
        Fields said = Fields.of("", bodies.read(request));
        String topic = RequestNames.newTopic(said.requiredText("name"));
        List<NewSubscriber> wanted = NewSubscriber.listOf(topic, said.requiredList("subscribers", NewSubscriber.MOST));
        said.end();
        CreatedSubscribers created = subscribers.create(wanted);
        return created.answer(new Topic(
                topic, created.all().stream().map(CreatedSubscriber::name).toList()));
    }

    /** All of them. */
    ServerResponse list(ServerRequest request) {
        Query.refuseAll(request);
        Map<String, Topic> topics = new TreeMap<>();
        admin.unheardTopics().forEach(topic -> topics.put(topic, new Topic(topic, new ArrayList<>())));
        admin.channels(1)
                .forEach(channel -> topics.computeIfAbsent(
                                channel.name().topic(), topic -> new Topic(topic, new ArrayList<>()))
                        .subscribers()
                        .add(channel.name().channel()));
        return JsonAnswer.ok(topics.values());
    }
}
