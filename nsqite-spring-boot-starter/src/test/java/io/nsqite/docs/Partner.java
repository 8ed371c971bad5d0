package io.nsqite.docs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Somebody else's service. */
interface Partner {

    CompletableFuture<Void> send(OrderPlaced event);

    void invoice(OrderPlaced event);

    final class BusyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Duration retryAfter() {
            return Duration.ofMinutes(1);
        }
    }

    final class UnknownCustomerException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
