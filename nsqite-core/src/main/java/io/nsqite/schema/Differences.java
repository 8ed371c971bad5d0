package io.nsqite.schema;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wanted in a database and is not there, or not like that. What is there besides does not matter.
 *
 * @param missing names with their kinds
 * @param changed names with their kinds, and what was wanted and found
 */
record Differences(List<String> missing, List<String> changed) implements Serializable {

    static final Differences NONE = new Differences(List.of(), List.of());

    Differences {
        missing = List.copyOf(missing);
        changed = List.copyOf(changed);
    }

    static Differences between(Map<String, SchemaObject> wanted, Map<String, SchemaObject> found) {
        List<String> missing = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (SchemaObject object : wanted.values()) {
            SchemaObject there = found.get(object.name());
            if (there == null) {
                missing.add(object.toString());
                continue;
            }
            if (!there.worksLike(object)) {
                changed.add("%s (wanted: %s; found: %s)".formatted(object, object.definition(), there.definition()));
            }
            compareColumns(object, there, missing, changed);
        }
        return new Differences(missing, changed);
    }

    private static void compareColumns(
            SchemaObject wanted, SchemaObject found, List<String> missing, List<String> changed) {
        wanted.columns().forEach((column, declaration) -> {
            String there = found.columns().get(column);
            String name = "column %s.%s".formatted(wanted.name(), column);
            if (there == null) {
                missing.add("%s (%s)".formatted(name, declaration));
            } else if (!there.equals(declaration)) {
                changed.add("%s (wanted: %s; found: %s)".formatted(name, declaration, there));
            }
        });
    }

    /** Those of whole tables only. */
    static Differences ofTables(Map<String, SchemaObject> wanted, Map<String, SchemaObject> found) {
        List<String> missing = wanted.values().stream()
                .filter(SchemaObject::isTable)
                .filter(table -> !found.containsKey(table.name()))
                .map(SchemaObject::toString)
                .toList();
        return new Differences(missing, List.of());
    }

    Differences withoutChanged() {
        return new Differences(missing, List.of());
    }

    boolean isEmpty() {
        return missing.isEmpty() && changed.isEmpty();
    }
}
