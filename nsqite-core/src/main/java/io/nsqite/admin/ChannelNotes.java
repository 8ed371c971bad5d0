package io.nsqite.admin;

import io.nsqite.store.ChannelStore;
import io.nsqite.store.OperatorStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What somebody keeps with channels, which are created with it. */
record ChannelNotes(QueueAccess access) {

    /** Those that are new. */
    Set<ChannelName> create(Map<ChannelName, String> notes) {
        List<ChannelName> names = new ArrayList<>(notes.keySet());
        return access.write("Creating the channels " + names, transaction -> {
            Set<ChannelName> missing = missing(transaction, names);
            List<Long> ids = access.store()
                    .channels()
                    .create(
                            transaction,
                            names.stream().map(ChannelNotes::wanted).toList());
            for (int i = 0; i < ids.size(); i++) {
                operator().setNote(transaction, ids.get(i), String.valueOf(notes.get(names.get(i))));
            }
            return missing;
        });
    }

    private Set<ChannelName> missing(Connection transaction, List<ChannelName> names) throws SQLException {
        Set<ChannelName> missing = new LinkedHashSet<>();
        for (ChannelName name : names) {
            if (operator().find(transaction, name.topic(), name.channel()).isEmpty()) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static ChannelStore.NewChannel wanted(ChannelName name) {
        return new ChannelStore.NewChannel(name.topic(), name.channel(), ChannelStore.Start.DEFAULT);
    }

    Optional<String> of(ChannelName name) {
        return access.glance(connection -> operator().note(connection, name.topic(), name.channel()));
    }

    private OperatorStore operator() {
        return access.store().operator();
    }
}
