package io.nsqite.sample.analytics;

import io.nsqite.sample.action.ActionRecorded;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The counts, and which actions are in them. */
@Repository
public class ContentStatsRepository {

    private final JdbcClient jdbc;

    ContentStatsRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Remembers that an action is counted; false if it was already. */
    boolean markCounted(ActionRecorded event) {
        return jdbc.sql("INSERT INTO counted_action (action_id) VALUES (?) ON CONFLICT DO NOTHING")
                        .param(event.actionId())
                        .update()
                == 1;
    }

    /** Adds an action in one statement: reading, adding and writing back would need more care. */
    void add(ActionRecorded event) {
        jdbc.sql("""
                INSERT INTO content_stats (content_id, views, likes, favorites)
                VALUES (:contentId, :views, :likes, :favorites)
                ON CONFLICT (content_id) DO UPDATE SET
                    views = views + excluded.views,
                    likes = likes + excluded.likes,
                    favorites = favorites + excluded.favorites
                """)
                .paramSource(ContentStats.none(event.contentId()).plus(event.action()))
                .update();
    }

    /** The counts of a content; zeros if there are none. */
    ContentStats find(String contentId) {
        return jdbc.sql("SELECT content_id, views, likes, favorites FROM content_stats WHERE content_id = ?")
                .param(contentId)
                .query(ContentStats.class)
                .optional()
                .orElse(ContentStats.none(contentId));
    }

    /** The counts of every content that has some. */
    public List<ContentStats> findAll() {
        return jdbc.sql("SELECT content_id, views, likes, favorites FROM content_stats ORDER BY content_id")
                .query(ContentStats.class)
                .list();
    }
}
