package io.nsqite.sample.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostSignatureTests {

    private static final String TIMESTAMP = "1767225600";
    private static final Instant POSTED = Instant.ofEpochSecond(Long.parseLong(TIMESTAMP));
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    /** As told by: echo -n '1767225600.{}' | openssl dgst -sha256 -hmac key. */
    private static final String SIGNATURE = "v1=df344de429b8ee672e1863e0008fdbd0080000536fbccdf0e4f89846acbbe872";

    private static PostSignature at(Instant now) {
        return new PostSignature("key", InstantSource.fixed(now));
    }

    @Test
    void whoKnowsTheSecretIsBelievedForFiveMinutesWhicheverClockIsAhead() {
        Duration tolerance = Duration.ofMinutes(5);
        for (Instant now : new Instant[] {POSTED, POSTED.plus(tolerance), POSTED.minus(tolerance)}) {
            assertThat(at(now).isGenuine(TIMESTAMP, SIGNATURE, BODY)).isTrue();
        }
        for (Instant now : new Instant[] {
            POSTED.plus(tolerance).plusMillis(1), POSTED.minus(tolerance).minusMillis(1)
        }) {
            assertThat(at(now).isGenuine(TIMESTAMP, SIGNATURE, BODY)).isFalse();
        }
    }

    @Test
    void anotherSecretBodyOrTimeIsNotBelieved() {
        PostSignature other = new PostSignature("other", InstantSource.fixed(POSTED));
        assertThat(other.isGenuine(TIMESTAMP, SIGNATURE, BODY)).isFalse();
        assertThat(at(POSTED).isGenuine(TIMESTAMP, SIGNATURE, new byte[0])).isFalse();
        assertThat(at(POSTED).isGenuine("1767225601", SIGNATURE, BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "soon", "9223372036854775807", "-9223372036854775808", "99999999999999999999"})
    void nonsenseIsNotBelievedAndDoesNoHarm(String nonsense) {
        PostSignature signature = at(POSTED);
        assertThat(signature.isGenuine(nonsense, SIGNATURE, BODY)).isFalse();
        assertThat(signature.isGenuine(TIMESTAMP, nonsense, BODY)).isFalse();
        assertThat(signature.isGenuine(nonsense, Signatures.of("key", nonsense, BODY), BODY))
                .as("though it is signed")
                .isFalse();
    }
}
