package io.nsqite.sample.demo;

import io.nsqite.sample.analytics.ContentStats;
import io.nsqite.sample.analytics.ContentStatsRepository;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what the application's tables hold.
 *
 * @param jdbc for what no repository counts
 * @param contents the counts by content
 */
record Tables(JdbcClient jdbc, ContentStatsRepository contents) {

    TableCounts count() {
        Map<String, ContentStats> byContent =
                contents.findAll().stream().collect(Collectors.toMap(ContentStats::contentId, Function.identity()));
        return new TableCounts(
                longOf("SELECT count(*) FROM user_action"), longOf("SELECT count(*) FROM notification"), byContent);
    }

    private long longOf(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
