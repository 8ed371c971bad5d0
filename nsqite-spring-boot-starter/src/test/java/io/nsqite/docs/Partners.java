package io.nsqite.docs;

import io.nsqite.spring.webhook.Webhooks;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/webhooks.md shows. */
public final class Partners {

    private final Webhooks webhooks;
    private final PostSignature signatures;
    private final JsonMapper mapper;

    Partners(Webhooks webhooks, PostSignature signatures, JsonMapper mapper) {
        this.webhooks = webhooks;
        this.signatures = signatures;
        this.mapper = mapper;
    }

    void goOn() {
        webhooks.start("partner");
    }

    public static boolean isGenuine(String secret, String timestamp, String signature, byte[] body) {
        return new PostSignature(secret, InstantSource.system()).isGenuine(timestamp, signature, body);
    }

    @PostMapping("/partner/webhook")
    ResponseEntity<Void> posted(
            @RequestHeader(name = "Nsqite-Timestamp", defaultValue = "") String timestamp,
            @RequestHeader(name = "Nsqite-Signature", defaultValue = "") String signature,
            @RequestBody byte[] body) { // not as an object: the signature is of these bytes
        if (!signatures.isGenuine(timestamp, signature, body)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        take(mapper.readTree(body).get("messages"));
        return ResponseEntity.noContent().build();
    }

    private void take(JsonNode messages) {}
}
