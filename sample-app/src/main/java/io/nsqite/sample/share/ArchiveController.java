package io.nsqite.sample.share;

import io.nsqite.Nsqite;
import io.nsqite.message.Message;
import io.nsqite.pull.LogReader;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Copies what was shared into an archive: reads the topic as a log, in its order, and commits how far it has come. */
@RestController
@RequestMapping("/archive")
class ArchiveController {

    private static final int MOST = 100;

    private final Nsqite nsqite;

    ArchiveController(Nsqite nsqite) {
        this.nsqite = nsqite;
    }

    /** One at a time, as a group has one reader in a process. */
    @PostMapping
    synchronized Archived next(@RequestParam(defaultValue = "false") boolean again) {
        try (LogReader shared = nsqite.log("shared_contents", "archive")) {
            if (again) {
                shared.seekToEarliest();
            }
            List<Long> ids = shared.fetch(MOST).stream().map(Message::id).toList();
            if (!ids.isEmpty()) {
                shared.commit(ids.get(ids.size() - 1));
            }
            return new Archived(ids, shared.committed());
        }
    }

    /**
     * What was copied.
     *
     * @param messages the ids of the messages
     * @param offset how far the archive has come
     */
    record Archived(List<Long> messages, long offset) {}
}
