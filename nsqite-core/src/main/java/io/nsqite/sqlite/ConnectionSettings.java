package io.nsqite.sqlite;

import io.nsqite.sqlite.UnsuitableDatabaseException.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the URL and the properties say, read as the driver reads them: a property beats the URL, of two in the URL the last wins. */
final class ConnectionSettings {

    static final String PREFIX = "jdbc:sqlite:";

    private static final String DRIVER_LOOKS_UP_KEYS = "jdbc.get_generated_keys";
    private static final int OPEN_READ_ONLY = 1;
    private static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(5);
    private static final Set<String> KEPT_FROM_DRIVER =
            Set.of("busy_timeout", "journal_mode", "transaction_mode", "jdbc.explicit_readonly");

    private final String fileName;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> rawParameters = new LinkedHashMap<>();
    private final Properties properties;

    ConnectionSettings(String url, Properties properties) {
        this.properties = properties;
        String address = url.substring(PREFIX.length());
        int question = address.indexOf('?');
        this.fileName = question < 0 ? address : address.substring(0, question);
        if (question >= 0) {
            readParameters(address.substring(question + 1));
        }
    }

    static boolean isSqlite(String url) {
        return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    private void readParameters(String query) {
        for (String parameter : query.split("&", -1)) {
            String[] parts = parameter.trim().split("=", 2);
            String name = parts[0].trim().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                parameters.put(name, parts.length == 1 ? "" : parts[1].trim());
                rawParameters.put(name, parameter.trim());
            }
        }
    }

    /** The name of the file, or the {@code file:} URL of SQLite without its parameters. */
    String fileName() {
        return fileName;
    }

    /** What is said about this setting, if anything. */
    @Nullable
    String value(String name) {
        String property = properties.getProperty(name);
        String value = property != null ? property : parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    Duration busyTimeout() {
        String value = value("busy_timeout");
        return value == null ? DEFAULT_BUSY_TIMEOUT : Duration.ofMillis(Math.max(0, number("busy_timeout", value)));
    }

    /** The flags for opening, as SQLite defines them; 0 if nothing is said. */
    int openMode() {
        String value = value("open_mode");
        return value == null ? 0 : number("open_mode", value);
    }

    /** Whether every connection can only read, because the user said so. */
    boolean isReadOnly() {
        return (openMode() & OPEN_READ_ONLY) != 0
                || (fileName.startsWith("file:") && ("ro".equals(value("mode")) || isTrue(value("immutable"))));
    }

    /** Whether WAL is wanted: it is unless the user chose another journal mode. */
    boolean wantsWal() {
        String mode = value("journal_mode");
        return mode == null || mode.equalsIgnoreCase("wal");
    }

    /** Whether the user says nothing of how the keys of INSERTs are looked up, so that they are when somebody asks for them. */
    boolean looksUpKeysWhenAsked() {
        return value(DRIVER_LOOKS_UP_KEYS) == null;
    }

    void refuseTransactionMode() {
        String mode = value("transaction_mode");
        if (mode != null && !mode.toUpperCase(Locale.ROOT).startsWith("DEF")) {
            throw unneeded("transaction_mode", mode);
        }
        String explicitReadOnly = value("jdbc.explicit_readonly");
        if (isTrue(explicitReadOnly)) {
            throw unneeded("jdbc.explicit_readonly", "true");
        }
    }

    /** The URL for the driver, without what this library does itself. */
    String driverUrl() {
        Map<String, String> rest = new LinkedHashMap<>(rawParameters);
        rest.keySet().removeAll(KEPT_FROM_DRIVER);
        return PREFIX + fileName + (rest.isEmpty() ? "" : "?" + String.join("&", rest.values()));
    }

    /**
     * The properties for the driver. Its busy timeout is 0, because all waiting is done in Java, where it can be interrupted and does not pin the
     * carrier of a virtual thread. The defaults go in where the user says nothing: foreign keys are checked, and 8 MB of cache
     * (taken as they are needed; SQLite's own default of 2 MB spills transactions of more than some 500 pages into the log early).
     * The driver looks up no generated keys, see {@link GeneratedKeys}.
     */
    Properties driverProperties() {
        Properties result = new Properties();
        for (String name : properties.stringPropertyNames()) {
            result.setProperty(name, properties.getProperty(name));
        }
        KEPT_FROM_DRIVER.forEach(result::remove);
        result.setProperty("busy_timeout", "0");
        setDefault(result, "foreign_keys", "true");
        setDefault(result, "cache_size", "-8000");
        setDefault(result, DRIVER_LOOKS_UP_KEYS, "false");
        String journalMode = value("journal_mode");
        if (journalMode != null && !wantsWal()) {
            result.setProperty("journal_mode", journalMode);
        }
        return result;
    }

    private void setDefault(Properties target, String name, String value) {
        if (value(name) == null) {
            target.setProperty(name, value);
        }
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && Set.of("true", "1", "on", "yes").contains(value.toLowerCase(Locale.ROOT));
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new UnsuitableDatabaseException(
                    Problem.INVALID_SETTING,
                    "%s must be a whole number but is \"%s\".".formatted(name, value),
                    "Correct it in the URL or in the properties of the data source.");
        }
    }

    private static UnsuitableDatabaseException unneeded(String name, String value) {
        return new UnsuitableDatabaseException(
                Problem.TRANSACTION_MODE,
                "%s=%s makes the driver break transactions behind a pool.".formatted(name, value),
                "Remove it: transactions that may write begin IMMEDIATE by themselves here, and read-only ones DEFERRED.");
    }
}
