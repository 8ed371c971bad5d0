package io.nsqite.producer;

import io.nsqite.database.GroupWork;
import io.nsqite.store.Appended;
import io.nsqite.store.MessageLog;
import io.nsqite.store.NewRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Appends what one or several calls publish to the log; the result of each is the ids of its messages. */
final class Publishing implements GroupWork<Publication, List<Long>> {

    private final MessageLog log;
    private final TopicDirectory topics;
    private final InstantSource clock;

    Publishing(MessageLog log, TopicDirectory topics, InstantSource clock) {
        this.log = log;
        this.topics = topics;
        this.clock = clock;
    }

    @Override
    public List<List<Long>> run(Connection transaction, List<Publication> publications) throws SQLException {
        long now = clock.millis();
        List<NewRow> rows = new ArrayList<>();
        for (Publication publication : publications) {
            for (Outgoing message : publication.messages()) {
                rows.add(message.row(topics.idOf(transaction, message.topic()), now));
            }
        }
        List<Appended> appended = log.appendAll(transaction, rows);
        List<List<Long>> ids = new ArrayList<>(publications.size());
        int next = 0;
        for (Publication publication : publications) {
            int end = next + publication.messages().size();
            ids.add(idsOf(publication, rows.subList(next, end), appended.subList(next, end)));
            next = end;
        }
        return ids;
    }

    private static List<Long> idsOf(Publication publication, List<NewRow> rows, List<Appended> appended) {
        publication.news().clear();
        List<Long> ids = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Appended stored = appended.get(i);
            ids.add(stored.id());
            if (stored.isNew()) {
                publication.news().stored(publication.messages().get(i), rows.get(i), stored.id());
            }
        }
        return ids;
    }
}
