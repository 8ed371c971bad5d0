package io.nsqite.sample.partner;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells the posts of who has the secret from all others, and from old ones that somebody sends once more. */
final class PostSignature {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final SecretKeySpec key;
    private final InstantSource clock;

    PostSignature(String secret, InstantSource clock) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.clock = clock;
    }

    /** Takes the two headers and the body as they came, whatever that is. */
    boolean isGenuine(String timestamp, String signature, byte[] body) {
        String wanted = "v1=" + hmac(timestamp, body);
        boolean isSigned = MessageDigest.isEqual( // takes as long wherever they differ
                wanted.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        return isSigned && isRecent(timestamp);
    }

    private String hmac(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private boolean isRecent(String timestamp) {
        try {
            Instant posted = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(posted, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
        } catch (NumberFormatException | DateTimeException e) {
            return false;
        }
    }
}
