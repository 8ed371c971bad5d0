package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.http.HttpQueue.Answer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The description of the interface says what there is. */
@Timeout(60)
class OpenApiTests {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
    private static final String TOPIC = "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}";

    @TempDir
    Path folder;

    @Test
    void itHasTheRoutesAndWhatTheyAnswer() throws Exception {
        try (HttpQueue queue = HttpQueue.start(
                folder.resolve("app.db"),
                "nsqite.http.base-path=/api/queue",
                "server.servlet.context-path=/shop",
                "spring.mvc.servlet.path=/mvc")) {
            Answer answer = queue.send(
                    queue.requestAt("/shop/mvc/api/queue/openapi.json").build());
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode document = answer.json();
            assertThat(document.get("openapi").stringValue()).startsWith("3.1.");
            assertThat(document.get("servers").toString()).isEqualTo("[{\"url\":\"/shop/mvc/api/queue\"}]");
            assertThat(documented(document)).isEqualTo(routes(queue));
            assertReferences(document, document);
        }
    }

    @Test
    void whatItSaysOfAnswersIsTrue() throws Exception {
        try (HttpQueue queue = HttpQueue.start(folder.resolve("app.db"))) {
            JsonNode document = queue.get("/openapi.json").json();
            checkAnswer(document, "/topics", "post", queue.post("/topics", TOPIC));
            checkAnswer(document, "/topics", "post", queue.post("/topics", "{}"));
            checkAnswer(document, "/topics", "get", queue.get("/topics"));
            String messages = "/topics/{topic}/messages";
            checkAnswer(document, messages, "post", queue.post("/topics/orders/messages", "{\"message\":1}"));
            checkAnswer(document, messages, "post", queue.post("/topics/none/messages", "{\"message\":1}"));
            String subscribers = "/topics/{topic}/subscribers";
            checkAnswer(document, subscribers, "get", queue.get("/topics/orders/subscribers"));
            checkAnswer(document, subscribers, "post", queue.post("/topics/orders/subscribers", "[{\"name\":\"a\"}]"));
            Answer received = queue.get("/topics/orders/subscribers/mail?timeout=5s");
            checkAnswer(document, subscribers + "/{name}", "get", received);
            String id = received.json().get(0).get("id").stringValue();
            String path = "/topics/orders/subscribers/mail/messages/" + id;
            String message = subscribers + "/{name}/messages/{id}";
            checkAnswer(document, message, "put", queue.send("PUT", path, ""));
            checkAnswer(document, message, "delete", queue.delete(path));
            checkAnswer(document, message, "delete", queue.delete(path));
            checkAnswer(document, message + "/requeue", "post", queue.post(path + "/requeue", ""));
            checkAnswer(document, subscribers + "/{name}", "delete", queue.delete("/topics/orders/subscribers/a"));
        }
    }

    /** The status is documented, the type as well, and so is every field; and those that are always there are. */
    private static void checkAnswer(JsonNode document, String path, String method, Answer answer) {
        JsonNode responses = document.get("paths").get(path).get(method).get("responses");
        JsonNode response = responses.get(Integer.toString(answer.status()));
        assertThat(response)
                .as("%s %s: %d %s", method, path, answer.status(), answer.body())
                .isNotNull();
        JsonNode content = response.get("content");
        if (content == null) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        assertThat(content.has(answer.type())).as(answer.type()).isTrue();
        checkValue(document, content.get(answer.type()).get("schema"), answer.json());
    }

    private static void checkValue(JsonNode document, JsonNode given, JsonNode value) {
        JsonNode schema = given.has("$ref") ? resolve(document, given) : given;
        if (value.isArray()) {
            value.values().forEach(each -> checkValue(document, schema.get("items"), each));
        } else if (value.isObject() && schema.has("properties")) {
            assertThat(schema.get("properties").propertyNames()).containsAll(value.propertyNames());
            if (schema.has("required")) {
                schema.get("required")
                        .values()
                        .forEach(name -> assertThat(value.propertyNames()).contains(name.stringValue()));
            }
            value.properties()
                    .forEach(each ->
                            checkValue(document, schema.get("properties").get(each.getKey()), each.getValue()));
        }
    }

    private static Map<String, Set<String>> documented(JsonNode document) {
        Map<String, Set<String>> documented = new TreeMap<>();
        document.get("paths").properties().forEach(path -> {
            Set<String> methods = new TreeSet<>(path.getValue().propertyNames());
            methods.retainAll(METHODS);
            documented.put(path.getKey(), methods);
        });
        return documented;
    }

    private static Map<String, Set<String>> routes(HttpQueue queue) {
        Map<String, Set<String>> routes = new TreeMap<>();
        queue.bean(HttpInterface.class)
                .routes()
                .forEach(route -> routes.computeIfAbsent(route.path(), path -> new TreeSet<>())
                        .add(route.method().name().toLowerCase(Locale.ROOT)));
        return routes;
    }

    private static void assertReferences(JsonNode document, JsonNode node) {
        if (node.has("$ref")) {
            assertThat(resolve(document, node).isObject()).isTrue();
        }
        node.values().forEach(child -> assertReferences(document, child));
    }

    private static JsonNode resolve(JsonNode document, JsonNode reference) {
        String pointer = reference.get("$ref").stringValue().substring(1);
        JsonNode resolved = document.at(pointer);
        assertThat(resolved.isMissingNode()).as(pointer).isFalse();
        return resolved;
    }
}
