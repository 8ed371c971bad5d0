package io.nsqite.sample.partner;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Stands for another company's service: takes contents, unless it is down. */
@Component
class Partner {

    private final List<String> contents = new CopyOnWriteArrayList<>();
    private volatile boolean up = true;

    void take(String contentId) {
        if (!up) {
            throw new PartnerDownException(contentId);
        }
        contents.add(contentId);
    }

    void goDown() {
        up = false;
    }

    void comeBack() {
        up = true;
    }

    PartnerResponse state() {
        return new PartnerResponse(up, List.copyOf(contents));
    }
}
