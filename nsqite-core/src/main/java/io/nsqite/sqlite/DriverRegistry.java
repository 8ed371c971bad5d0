package io.nsqite.sqlite;

import io.nsqite.sqlite.UnsuitableDatabaseException.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which copy of the driver has which file open, in the whole JVM. Two copies (of two class loaders) on one file would drop each other's file
 * locks and lose commits, because POSIX locks belong to the process. The record hangs on the system properties and consists of types of
 * the JDK, so that copies of this library share it as well.
 */
final class DriverRegistry {

    private static final String PROPERTY = "io.nsqite.drivers";

    private DriverRegistry() {}

    /** One connection more to this file, by this driver; refused if another copy is there. */
    static void enter(Path path, Class<?> driver) {
        files().compute(path.toString(), (key, users) -> {
            if (users == null) {
                return Map.entry(driver, 1);
            }
            if (users.getKey() != driver) {
                throw secondDriver(path, users.getKey(), driver);
            }
            return Map.entry(driver, users.getValue() + 1);
        });
    }

    /** One connection less. */
    static void leave(Path path) {
        files().computeIfPresent(
                        path.toString(),
                        (key, users) -> users.getValue() == 1 ? null : Map.entry(users.getKey(), users.getValue() - 1));
    }

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, Map.Entry<Class<?>, Integer>> files() {
        Properties shared = System.getProperties();
        return (ConcurrentMap<String, Map.Entry<Class<?>, Integer>>)
                shared.computeIfAbsent(PROPERTY, key -> new ConcurrentHashMap<>());
    }

    private static UnsuitableDatabaseException secondDriver(Path path, Class<?> first, Class<?> second) {
        return new UnsuitableDatabaseException(
                Problem.SECOND_DRIVER,
                "Another copy of the SQLite driver (of class loader %s) has %s open in this JVM, and this one (of class loader %s) would make both lose commits."
                        .formatted(first.getClassLoader(), path, second.getClassLoader()),
                "Close the other's connections first, or put sqlite-jdbc where both share it, such as the server's own library folder.");
    }
}
