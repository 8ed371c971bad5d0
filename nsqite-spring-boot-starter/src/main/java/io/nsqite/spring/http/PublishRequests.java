package io.nsqite.spring.http;

import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import java.io.IOException;
import java.util.List;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** Requests that publish. */
final class PublishRequests {

    private final Producer producer;
    private final KnownTopics topics;
    private final RequestBodies bodies;

    PublishRequests(Producer producer, KnownTopics topics, RequestBodies bodies) {
        this.producer = producer;
        this.topics = topics;
        this.bodies = bodies;
    }

    /** Publishes one message or several, all or none, and answers when they are committed. */
    ServerResponse publish(ServerRequest request) throws IOException {
        Query.refuseAll(request);
        String topic = RequestNames.topic(request);
        topics.require(topic);
        JsonNode body = bodies.read(request);
        List<Fields> posted =
                body.isArray() ? Fields.listOf("", body, PostedMessage.MOST) : List.of(Fields.of("", body));
        return JsonAnswer.created(new Published(publish(topic, posted)));
    }

    private List<Long> publish(String topic, List<Fields> posted) {
        try {
            List<NewMessage> messages =
                    posted.stream().map(said -> PostedMessage.of(topic, said)).toList();
            return producer.publish(messages);
        } catch (IllegalArgumentException e) {
            throw RefusedRequestException.badRequest(e.getMessage());
        }
    }
}
