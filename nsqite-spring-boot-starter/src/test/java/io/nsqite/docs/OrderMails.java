package io.nsqite.docs;

import io.nsqite.spring.NsqiteListener;
import org.springframework.stereotype.Component;

@Component
class OrderMails {

    private final MailService mails;

    OrderMails(MailService mails) {
        this.mails = mails;
    }

    @NsqiteListener(topic = "orders", channel = "mail", maxAttempts = 5, concurrency = 5)
    void send(OrderPlaced event) {
        mails.send(event.email(), "Thank you for order " + event.id());
    }
}
