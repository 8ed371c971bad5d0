package io.nsqite.schema;

import io.nsqite.error.SetupException;
import io.nsqite.jdbc.TablePrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The queue's tables are not there, or not as this library needs them, and it is not to create or upgrade them. */
public final class InvalidSchemaException extends SetupException {

    private static final long serialVersionUID = 1L;

    private final Differences differences;

    /** @param found the version that is recorded in the database; 0 if none is */
    InvalidSchemaException(TablePrefix prefix, List<Migration> migrations, int found, Differences differences) {
        super(describe(prefix, migrations, found, differences), advise(prefix, migrations, found));
        this.differences = differences;
    }

    private static String describe(TablePrefix prefix, List<Migration> migrations, int found, Differences differences) {
        List<String> parts = new ArrayList<>();
        parts.add("The queue needs its tables %s* in version %d, and is set to create and change nothing. Found: %s."
                .formatted(
                        prefix,
                        migrations.get(migrations.size() - 1).version(),
                        found == 0 ? "no version" : "version " + found));
        if (!differences.missing().isEmpty()) {
            parts.add("Missing: " + String.join(", ", differences.missing()) + ".");
        }
        if (!differences.changed().isEmpty()) {
            parts.add("Different: " + String.join(", ", differences.changed()) + ".");
        }
        return String.join(" ", parts);
    }

    private static String advise(TablePrefix prefix, List<Migration> migrations, int found) {
        List<Migration> lacking = migrations.stream()
                .filter(migration -> migration.version() > found)
                .toList();
        String what = lacking.isEmpty()
                ? "Repair them as %s created them".formatted(resources(migrations))
                : "Have your migrations run %s".formatted(resources(lacking));
        return what
                + ", on the class path in nsqite-core, with %s for ${prefix}; or let the queue create its tables itself,"
                        .formatted(prefix)
                + " with nsqite.schema.initialize=always (without Spring: SchemaMode.ALWAYS).";
    }

    private static String resources(List<Migration> migrations) {
        return migrations.stream().map(Migration::resource).collect(Collectors.joining(", then "));
    }

    /** What is missing: tables, columns, indexes, triggers and views by kind and name, as in {@code table nsqite_topic}. */
    public List<String> missing() {
        return differences.missing();
    }

    /** What is there but not as it is needed, with what was wanted and found. */
    public List<String> changed() {
        return differences.changed();
    }
}
