package io.nsqite.sample.share;

import io.nsqite.Nsqite;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A digest that somebody asks for when it suits him: takes what was shared since the last one out of a channel, as from a plain queue. */
@RestController
@RequestMapping("/digest")
class DigestController {

    private static final int MOST = 100;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    private final Nsqite nsqite;

    DigestController(Nsqite nsqite) {
        this.nsqite = nsqite;
    }

    /** One at a time, as a channel has one consumer in a process. */
    @PostMapping
    synchronized List<String> next() throws InterruptedException {
        List<String> digest = new ArrayList<>();
        try (PullConsumer shared = nsqite.pull("shared_contents", "digest")) {
            for (PulledMessage message : shared.receive(MOST, WAIT, VISIBILITY)) {
                digest.add(new String(message.message().payload(), StandardCharsets.UTF_8));
                shared.finish(message.receipt());
            }
        }
        return digest;
    }
}
