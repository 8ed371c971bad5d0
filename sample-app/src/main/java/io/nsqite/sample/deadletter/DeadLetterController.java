package io.nsqite.sample.deadletter;

import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows dead letters, oldest message first. */
@RestController
class DeadLetterController {

    private static final int MOST = 1000;

    private final QueueAdmin admin;

    DeadLetterController(QueueAdmin admin) {
        this.admin = admin;
    }

    @GetMapping("/dead-letters")
    List<DeadLetterResponse> deadLetters() {
        return admin.deadLetters(DeadLetterQuery.all().withLimit(MOST)).stream()
                .map(DeadLetterResponse::of)
                .toList();
    }
}
