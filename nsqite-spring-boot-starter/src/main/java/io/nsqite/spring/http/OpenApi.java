package io.nsqite.spring.http;

import io.nsqite.spring.remote.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of this interface, with the address that it has. */
final class OpenApi {

    /** Beside this class. */
    static final String RESOURCE = "openapi.json";

    private final ObjectNode document;

    OpenApi() {
        document = read();
    }

    private static ObjectNode read() {
        try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("%s is missing beside %s".formatted(RESOURCE, OpenApi.class));
            }
            JsonNode read = Json.read(in.readAllBytes());
            return (ObjectNode) read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServerResponse get(ServerRequest request) {
        Query.refuseAll(request);
        ObjectNode addressed = document.deepCopy();
        addressed.putPOJO("servers", List.of(Map.of("url", root(request))));
        return JsonAnswer.ok(addressed);
    }

    /** Where this was asked for, so with all that containers and known proxies have before the base path. */
    private static String root(ServerRequest request) {
        String path = Problems.path(request);
        return path.substring(0, path.length() - RESOURCE.length() - 1);
    }
}
