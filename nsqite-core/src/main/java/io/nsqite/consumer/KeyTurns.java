package io.nsqite.consumer;

import io.nsqite.store.Claim;
import io.nsqite.store.Clocks;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.KeyStore;
import io.nsqite.store.Logged;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Messages of the table may be handed out when no earlier one of their key is unfinished. */
final class KeyTurns implements Turns {

    private static final int HELD_PAGE = 256;

    private final KeyStore store;
    private final KeyLines lines;
    private final KeyStore.Unfinished unfinished;

    /** Whether the table may hold messages of keys that have no line. */
    private boolean unknownRows;

    private boolean unseenHeld;
    private volatile String heldSeenTo = "";

    KeyTurns(KeyStore store, KeyLines lines, KeyOrder order) {
        this.store = store;
        this.lines = lines;
        unfinished = order == KeyOrder.HOLD_BEHIND_DEAD ? KeyStore.Unfinished.DEAD_TOO : KeyStore.Unfinished.NOT_DEAD;
    }

    @Override
    public boolean keepOrder() {
        return true;
    }

    @Override
    public void loaded(boolean keyed) {
        unknownRows = keyed;
        unseenHeld = keyed;
        heldSeenTo = "";
    }

    @Override
    public boolean hasToLook() {
        return lines.hasToLook();
    }

    @Override
    public List<String> takeToLook(int limit) {
        return lines.takeToLook(limit);
    }

    @Override
    public Seen look(Connection connection, Claim claim, List<DeliveryRow> due, List<String> keys) throws SQLException {
        Map<String, Optional<DeliveryRow>> firsts = new LinkedHashMap<>();
        for (String key : keys) {
            firsts.put(key, store.first(connection, claim, key, unfinished));
        }
        for (DeliveryRow row : due) {
            String key = row.key();
            if (key != null && !firsts.containsKey(key)) {
                firsts.put(key, store.first(connection, claim, key, unfinished));
            }
        }
        return new Seen(due, firsts);
    }

    @Override
    public Plan decide(Seen seen, Clocks now, long position) {
        Map<Long, DeliveryRow> begin = new LinkedHashMap<>();
        Set<String> closed = new HashSet<>();
        for (DeliveryRow row : seen.due()) {
            String key = row.key();
            if (key == null) {
                begin.put(row.messageId(), row);
            } else if (lines.isTurnOpen(row, key)) {
                closed.remove(key); // the one that its line waited for, which need not be the first that was due
            } else {
                closed.add(key);
            }
        }
        seen.firsts().forEach((key, first) -> {
            DeliveryRow turn = closed.contains(key) ? null : lines.decide(key, first.orElse(null), now, position);
            if (turn != null) {
                begin.put(turn.messageId(), turn);
            }
        });
        unknownRows |= lines.forgetsRows();
        List<DeliveryRow> hold = seen.due().stream()
                .filter(row -> !begin.containsKey(row.messageId()))
                .map(DeliveryRow::held)
                .toList();
        return new Plan(new ArrayList<>(begin.values()), hold);
    }

    @Override
    public void notBegun(Collection<DeliveryRow> rows) {
        rows.forEach(lines::notBegun);
    }

    @Override
    public void lookAgain(Collection<String> keys) {
        keys.forEach(lines::lookAgain);
    }

    @Override
    public Set<String> unknownKeys(List<Logged> messages) {
        Set<String> unknown = new HashSet<>();
        if (unknownRows) {
            for (Logged logged : messages) {
                String key = logged.message().key();
                if (key != null && !lines.knows(key)) {
                    unknown.add(key);
                }
            }
        }
        return unknown;
    }

    @Override
    public Set<String> withRows(Connection connection, Claim claim, Set<String> keys) throws SQLException {
        return store.withRows(connection, claim, keys, unfinished);
    }

    @Override
    public void foundRows(Collection<String> keys) {
        keys.forEach(lines::foundRows);
    }

    @Override
    public boolean hasUnseenHeld() {
        return unseenHeld && !lines.hasToLook();
    }

    @Override
    public List<String> nextHeld(Connection connection, Claim claim) throws SQLException {
        return store.heldAfter(connection, claim, heldSeenTo, HELD_PAGE);
    }

    @Override
    public void foundHeld(List<String> keys) {
        if (keys.isEmpty()) {
            unseenHeld = false;
            return;
        }
        keys.stream().filter(key -> !lines.knows(key)).forEach(lines::foundRows);
        heldSeenTo = keys.get(keys.size() - 1);
    }
}
