package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A caller's part of a {@link GroupWork}; those that follow each other in the line are done in one go. */
final class GroupOperation<W, T> extends Operation<T> {

    /** So many at the most, so that the time is looked at now and then. */
    private static final int MOST = 128;

    private final GroupWork<W, T> work;
    private final W part;

    GroupOperation(GroupWork<W, T> work, W part, Durability durability, Completion<T> completion, long notBefore) {
        super(transaction -> work.run(transaction, List.of(part)).get(0), durability, completion, notBefore);
        this.work = work;
        this.part = part;
    }

    @Override
    int runWithFollowing(Connection transaction, List<Operation<?>> operations) throws SQLException {
        List<GroupOperation<W, T>> group = new ArrayList<>();
        List<W> parts = new ArrayList<>();
        for (Operation<?> operation : operations.subList(0, Math.min(operations.size(), MOST))) {
            if (!(operation instanceof GroupOperation<?, ?> other) || other.work != work) {
                break;
            }
            @SuppressWarnings("unchecked") // the same work, so the same types
            GroupOperation<W, T> member = (GroupOperation<W, T>) other;
            group.add(member);
            parts.add(member.part);
        }
        List<T> results = work.run(transaction, parts);
        for (int i = 0; i < group.size(); i++) {
            group.get(i).result(results.get(i));
        }
        return group.size();
    }
}
