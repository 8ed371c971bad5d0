package io.nsqite.owner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version this is. From a file that the build fills in, as manifests get lost where jars are merged. */
final class Version {

    private static final String FILE = "version.properties";

    static final String OF_LIBRARY = read();

    private Version() {}

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            if (in != null) { // some build left it out: there are worse things than not to know the version
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The class path has %s, but it can't be read".formatted(FILE), e);
        }
        return properties.getProperty("version", "unknown");
    }
}
