package io.nsqite.sample.analytics;

import io.nsqite.sample.action.ActionRecorded;
import io.nsqite.spring.NsqiteListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts every action once. */
@Component
class AnalyticsListener {

    private final ContentStatsRepository stats;

    AnalyticsListener(ContentStatsRepository stats) {
        this.stats = stats;
    }

    /**
     * A message comes at least once, so perhaps twice. The mark and the count commit together; whoever finds the mark has
     * nothing left to do.
     */
    @Transactional
    @NsqiteListener(topic = ActionRecorded.TOPIC, channel = "analytics", concurrency = 5, maxAttempts = 5)
    void count(ActionRecorded event) {
        if (stats.markCounted(event)) {
            stats.add(event);
        }
    }
}
