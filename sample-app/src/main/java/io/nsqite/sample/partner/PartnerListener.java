package io.nsqite.sample.partner;

import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteListener;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Passes contents on. The delays are short so that the incident can be seen soon. The demo counts other channels only. */
@Component
@Profile("!demo")
class PartnerListener {

    private final Partner partner;

    PartnerListener(Partner partner) {
        this.partner = partner;
    }

    @NsqiteListener(
            topic = ContentShared.TOPIC,
            channel = "partner",
            maxAttempts = 3,
            backoff = @Backoff(delay = "100ms", maxDelay = "200ms"))
    void passOn(ContentShared event) {
        partner.take(event.contentId());
    }
}
