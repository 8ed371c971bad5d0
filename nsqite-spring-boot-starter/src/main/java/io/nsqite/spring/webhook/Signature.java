package io.nsqite.spring.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is posted, with the time at which it is, so that an old post can't be used once more. */
final class Signature {

    static final String TIMESTAMP_HEADER = "Nsqite-Timestamp";
    static final String SIGNATURE_HEADER = "Nsqite-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1=";

    private Signature() {}

    /**
     * The value of the header.
     *
     * @param timestamp the value of the other header
     */
    static String of(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return VERSION + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has %s, but this one fails".formatted(ALGORITHM), e);
        }
    }
}
