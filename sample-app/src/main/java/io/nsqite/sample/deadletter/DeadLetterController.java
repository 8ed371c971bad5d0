package io.nsqite.sample.deadletter;

import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows dead letters, oldest message first; the next page begins after the last message id of this one. */
@RestController
class DeadLetterController {

    private final QueueAdmin admin;

    DeadLetterController(QueueAdmin admin) {
        this.admin = admin;
    }

    @GetMapping("/dead-letters")
    List<DeadLetterResponse> deadLetters(@RequestParam(defaultValue = "0") long after) {
        return admin.deadLetters(DeadLetterQuery.all().withAfter(after)).stream()
                .map(DeadLetterResponse::of)
                .toList();
    }
}
