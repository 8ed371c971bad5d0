package io.nsqite.docs;

import io.nsqite.spring.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What docs/webhooks.md shows. */
public final class Partners {

    private final Webhooks webhooks;

    Partners(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    void goOn() {
        webhooks.start("partner");
    }

    public static boolean isGenuine(String secret, String timestamp, String signature, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        String wanted = "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        boolean isRecent = Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) < 300;
        return isRecent
                && MessageDigest.isEqual(
                        wanted.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }
}
