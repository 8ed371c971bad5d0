package io.nsqite.pull;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.DefaultConsumers;
import io.nsqite.consumer.LeasedDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Passes on what callers want, and what they answer. */
final class DefaultPullConsumer implements PullConsumer, Handover.Events, Face {

    private final DefaultConsumers consumers;
    private final Asking asking;
    private final Receipts receipts;
    private final Handover handover;
    private final Consumer consumer;
    private final Serving serving;

    /** Not started. */
    DefaultPullConsumer(DefaultConsumers consumers, PullSettings settings) {
        this.consumers = consumers;
        Requests requests = new Requests();
        asking = new Asking(requests, settings.engine().timer(), settings.endings());
        receipts = new Receipts(settings.name());
        handover = new Handover(requests, receipts, this);
        consumer = consumers.register(List.of(settings.subscription(handover))).get(0);
        serving = new Serving(settings.engine(), consumer);
    }

    DefaultPullConsumer start() {
        consumers.startNow(consumer);
        return this;
    }

    @Override
    public String topic() {
        return consumer.topic();
    }

    @Override
    public String channel() {
        return consumer.channel();
    }

    @Override
    public Consumer consumer() {
        return consumer;
    }

    @Override
    public List<PulledMessage> receive(int max, Duration wait, Duration visibilityTimeout) throws InterruptedException {
        Request request = new Request(max, wait, visibilityTimeout);
        if (Thread.interrupted()) { // which an answer that is there at once would hide
            throw new InterruptedException("Receiving from %s".formatted(serving));
        }
        serving.require();
        CompletableFuture<List<PulledMessage>> future = ask(request);
        try {
            return future.get();
        } catch (InterruptedException e) {
            if (!future.cancel(false) && !future.isCompletedExceptionally()) {
                giveBack(future.getNow(List.of()).stream()
                        .map(PulledMessage::receipt)
                        .toList());
            }
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    @Override
    public CompletableFuture<List<PulledMessage>> receiveAsync(int max, Duration wait, Duration visibilityTimeout) {
        Request request = new Request(max, wait, visibilityTimeout);
        try {
            serving.require();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return ask(request);
    }

    private CompletableFuture<List<PulledMessage>> ask(Request request) {
        CompletableFuture<List<PulledMessage>> future = asking.add(request, handover::askFor);
        handover.askFor();
        endIfStopped(request); // since it was looked at
        return future;
    }

    /** All others may have ended by now. */
    private void endIfStopped(Request request) {
        if (serving.isOver()) {
            request.end();
        }
    }

    @Override
    public void giveBack(Collection<Receipt> unseen) {
        List<LeasedDelivery> deliveries = new ArrayList<>();
        for (Receipt receipt : new LinkedHashSet<>(unseen)) {
            try {
                deliveries.add(receipts.find(receipt));
            } catch (IllegalStateException over) {
                // it comes again anyway, or is answered
            }
        }
        handover.giveBack(deliveries);
    }

    @Override
    public void extend(Receipt receipt, Duration visibilityTimeout) {
        Duration length = Limits.visibilityTimeout(visibilityTimeout);
        receipts.find(receipt).lease(length);
    }

    @Override
    public void finish(Receipt receipt) {
        receipts.find(receipt).finish();
    }

    @Override
    public void finish(Collection<Receipt> finished) {
        List<LeasedDelivery> deliveries = new ArrayList<>();
        IllegalStateException refused = null;
        for (Receipt receipt : new LinkedHashSet<>(finished)) {
            try {
                deliveries.add(receipts.find(receipt));
            } catch (IllegalStateException e) {
                refused = with(refused, e);
            }
        }
        try {
            handover.finish(deliveries);
        } catch (IllegalStateException e) {
            refused = with(refused, e);
        }
        if (refused != null) {
            throw refused;
        }
    }

    private static IllegalStateException with(@Nullable IllegalStateException first, IllegalStateException another) {
        if (first == null) {
            return another;
        }
        first.addSuppressed(another);
        return first;
    }

    @Override
    public void requeue(Receipt receipt) {
        receipts.find(receipt).requeue();
    }

    @Override
    public void requeue(Receipt receipt, Duration delay) {
        receipts.find(receipt).requeue(delay);
    }

    @Override
    public void reject(Receipt receipt, Throwable reason) {
        Objects.requireNonNull(reason, "reason");
        receipts.find(receipt).reject(reason);
    }

    @Override
    public void nothing() {
        asking.nothing();
    }

    @Override
    public void over() {
        asking.later(this::endIfOver);
    }

    @Override
    public void isBack(Request request) {
        endIfStopped(request);
        over(); // or the channel is another process's
    }

    private void endIfOver() {
        try {
            if (serving.isOver()) {
                asking.endAll();
            } else {
                serving.busy().ifPresent(asking::failAll);
            }
        } catch (RuntimeException notKnown) {
            asking.failAll(notKnown);
        }
    }

    @Override
    public void queueClosed() {
        asking.endAll();
    }

    @Override
    public void close() {
        consumers.abandon(consumer);
        asking.endAll();
    }

    @Override
    public String toString() {
        return "pull consumer of " + serving;
    }
}
