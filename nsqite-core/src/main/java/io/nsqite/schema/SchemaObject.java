package io.nsqite.schema;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table, index, trigger or view as it is in a database.
 *
 * @param definition its CREATE statement without what makes no difference; empty for an index that SQLite made for a constraint
 * @param columns what is declared of each column of a table, by its name
 */
record SchemaObject(String kind, String name, String definition, Map<String, String> columns) {

    /** Also the indexes that SQLite makes for constraints, which have names of their own; but primary keys show at their columns. */
    private static final Sql ALL = Sql.of("""
            SELECT type, lower(name), sql FROM sqlite_master m WHERE substr(lower(tbl_name), 1, ?) = ?
              AND NOT EXISTS (SELECT 1 FROM pragma_index_list(m.tbl_name) i WHERE i.name = m.name AND i.origin = 'pk')
            ORDER BY CASE type WHEN 'table' THEN 1 ELSE 2 END, rowid""");

    private static final Sql COLUMNS = Sql.of("""
            SELECT lower(name), trim(upper(type) || CASE "notnull" WHEN 0 THEN '' ELSE ' NOT NULL' END
              || CASE WHEN dflt_value IS NULL THEN '' ELSE ' DEFAULT ' || dflt_value END
              || CASE pk WHEN 0 THEN '' ELSE ' PRIMARY KEY ' || pk END)
            FROM pragma_table_info(?)""");

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern QUOTE = Pattern.compile("[\"`\\[\\]]");
    private static final Pattern SPACE_BESIDE_SIGN = Pattern.compile("\\s*([(),;+=<>|'])\\s*");

    /** Everything that belongs to the tables with this prefix, tables first. */
    static Map<String, SchemaObject> all(Connection connection, TablePrefix prefix) throws SQLException {
        List<SchemaObject> found =
                ALL.list(connection, row -> of(connection, row), prefix.text().length(), prefix.text());
        Map<String, SchemaObject> byName = new LinkedHashMap<>();
        found.forEach(object -> byName.put(object.name(), object));
        return byName;
    }

    private static SchemaObject of(Connection connection, ResultSet row) throws SQLException {
        String kind = row.getString(1);
        String name = row.getString(2);
        // to ask for a view's columns fails where something is missing that it reads
        Map<String, String> columns = kind.equals("table") ? columns(connection, name) : Map.of();
        return new SchemaObject(kind, name, normalized(row.getString(3)), columns);
    }

    private static Map<String, String> columns(Connection connection, String name) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        COLUMNS.list(connection, column -> columns.put(column.getString(1), column.getString(2)), name);
        return columns;
    }

    private static String normalized(@Nullable String sql) {
        String plain = COMMENT.matcher(Objects.requireNonNullElse(sql, "")).replaceAll(" ");
        String unquoted = QUOTE.matcher(plain).replaceAll("");
        String tight = SPACE_BESIDE_SIGN.matcher(unquoted).replaceAll("$1");
        return tight.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
    }

    boolean isTable() {
        return kind.equals("table");
    }

    /** Whether this does what the other one does. A table may have been changed in steps, so its text says nothing but two things. */
    boolean worksLike(SchemaObject other) {
        if (!kind.equals(other.kind)) {
            return false;
        }
        return isTable()
                ? has("autoincrement", other) && has("without rowid", other)
                : definition.equals(other.definition);
    }

    private boolean has(String property, SchemaObject asOther) {
        return definition.contains(property) == asOther.definition.contains(property);
    }

    @Override
    public String toString() {
        return (definition.isEmpty() ? "unique constraint" : kind) + " " + name;
    }
}
