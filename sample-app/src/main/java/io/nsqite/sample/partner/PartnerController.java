package io.nsqite.sample.partner;

import io.nsqite.producer.Producer;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shares contents, and shows and switches the partner. */
@RestController
class PartnerController {

    private final Producer producer;
    private final Partner partner;

    PartnerController(Producer producer, Partner partner) {
        this.producer = producer;
        this.partner = partner;
    }

    @PostMapping("/contents/{id}/share")
    @ResponseStatus(HttpStatus.ACCEPTED)
    SharedResponse share(@PathVariable String id) {
        return new SharedResponse(producer.publish(ContentShared.TOPIC, new ContentShared(id)));
    }

    @GetMapping("/partner")
    PartnerResponse partner() {
        return partner.state();
    }

    @PostMapping("/partner/down")
    PartnerResponse down() {
        partner.goDown();
        return partner.state();
    }

    @PostMapping("/partner/up")
    PartnerResponse up() {
        partner.comeBack();
        return partner.state();
    }
}
