package io.nsqite.sample.partner;

import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Takes what a webhook posts: with the profile "webhook" the application is its own partner. Believes nobody who does not know the secret. */
@RestController
@Profile("webhook")
class PartnerWebhookController {

    private final Partner partner;
    private final PostSignature signatures;
    private final JsonMapper mapper;

    PartnerWebhookController(
            Partner partner, JsonMapper mapper, @Value("${nsqite.webhooks.partner-hook.secret}") String secret) {
        this.partner = partner;
        this.mapper = mapper;
        signatures = new PostSignature(secret, InstantSource.system());
    }

    /** @param body as it came, as the signature is of these bytes */
    @PostMapping("/partner/webhook")
    ResponseEntity<Void> posted(
            @RequestHeader(name = "Nsqite-Timestamp", defaultValue = "") String timestamp,
            @RequestHeader(name = "Nsqite-Signature", defaultValue = "") String signature,
            @RequestBody byte[] body) {
        if (!signatures.isGenuine(timestamp, signature, body)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        if (!partner.state().up()) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
        }
        mapper.readValue(body, PartnerPost.class)
                .messages()
                .forEach(message -> partner.take("posted " + message.message().contentId()));
        return ResponseEntity.noContent().build();
    }
}
