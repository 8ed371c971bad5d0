package io.nsqite.docs;

import io.nsqite.consumer.Consumer.State;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListenerRegistry;
import org.springframework.stereotype.Component;

@Component
class TenantListeners {

    private final NsqiteListenerRegistry registry;

    TenantListeners(NsqiteListenerRegistry registry) {
        this.registry = registry;
    }

    void tenantArrived(String tenant, MailService mails) {
        registry.register(ListenerRegistration.of(
                        tenant,
                        "orders-" + tenant,
                        "mail",
                        OrderPlaced.class,
                        (event, delivery) -> mails.send(event.email(), "Thank you, " + tenant))
                .withOptions(options -> options.withConcurrency(2).withMaxAttempts(5)));
    }

    ListenerStatus tenantIsBeingMoved(String tenant) {
        registry.pause(tenant); // hands out nothing more, but keeps the channel, until registry.resume(tenant)
        registry.stop(tenant); // waits for its handlers and gives the channel back, until registry.start(tenant)
        ListenerStatus status = registry.status(tenant); // its state, and whether it is paused
        return status;
    }

    boolean isMailServedHere() {
        boolean servedHere = registry.status("orders.mail").state() == State.ACTIVE; // else STANDBY
        return servedHere;
    }

    void tenantLeft(String tenant) {
        registry.unregister(tenant); // its channel stays; QueueAdmin.delete removes that too
    }
}
