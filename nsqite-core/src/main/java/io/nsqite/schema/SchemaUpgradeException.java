package io.nsqite.schema;

import io.nsqite.error.SetupException;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.schema.TableUsers.User;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables have to be upgraded for this library, but processes that live use one that can't live with the new tables. */
public final class SchemaUpgradeException extends SetupException {

    private static final long serialVersionUID = 1L;

    private final int found;
    private final int wanted;
    private final List<User> users;

    SchemaUpgradeException(TablePrefix prefix, int found, Migration wanted, List<User> users) {
        super(
                "The nsqite tables %s* have version %d and must be upgraded to %d, with which libraries can't live that know versions up to %d only; but these processes do: %s."
                        .formatted(
                                prefix,
                                found,
                                wanted.version(),
                                wanted.oldestCompatible() - 1,
                                joined(users, SchemaUpgradeException::described)),
                "Stop them first, then start with this library. If none of them runs, because the file was copied or restored while in use: DELETE FROM %sowner WHERE id IN (%s)"
                        .formatted(prefix, joined(users, user -> Long.toString(user.ownerId()))));
        this.found = found;
        this.wanted = wanted.version();
        this.users = List.copyOf(users);
    }

    private static String joined(List<User> users, Function<User, String> description) {
        return users.stream().map(description).collect(Collectors.joining(", "));
    }

    private static String described(User user) {
        return "owner %d (nsqite %s)".formatted(user.ownerId(), user.libraryVersion());
    }

    /** The version that the tables have. */
    public int found() {
        return found;
    }

    /** The version that this library needs. */
    public int wanted() {
        return wanted;
    }

    /** The processes that stand in the way. */
    public List<User> users() {
        return users;
    }
}
