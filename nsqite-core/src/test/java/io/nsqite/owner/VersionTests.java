package io.nsqite.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Processes tell each other, and their operators, which version of the library they use. */
class VersionTests {

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Version.OF_LIBRARY).matches("\\d+\\.\\d+\\.\\d+(-[A-Za-z0-9.]+)?");
    }
}
