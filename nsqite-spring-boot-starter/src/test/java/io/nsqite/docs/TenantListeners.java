package io.nsqite.docs;

import io.nsqite.spring.ListenerRegistration;
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

    void tenantIsBeingMoved(String tenant) {
        registry.pause(tenant); // resume(tenant), stop(tenant), start(tenant), status(tenant)
    }

    void tenantLeft(String tenant) {
        registry.unregister(tenant); // its channel stays; QueueAdmin.delete removes that too
    }
}
