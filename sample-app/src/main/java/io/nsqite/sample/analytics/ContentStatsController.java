package io.nsqite.sample.analytics;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows the counts. */
@RestController
class ContentStatsController {

    private final ContentStatsRepository stats;

    ContentStatsController(ContentStatsRepository stats) {
        this.stats = stats;
    }

    @GetMapping("/contents/{id}/stats")
    ContentStats stats(@PathVariable String id) {
        return stats.find(id);
    }
}
