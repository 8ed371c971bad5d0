package io.nsqite.benchmarks.bus;

import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Over the JDK's {@link SubmissionPublisher}, which has one handler a subscriber. */
public record FlowTraffic(Traffic traffic) implements Trial {

    private static final long LIMIT_SECONDS = 60;

    @Override
    public Sample run(Run run) throws Exception {
        return traffic.run(run, FlowTraffic::open);
    }

    private static Transport open(Shape shape, LongAdder handled) {
        ExecutorService executor = Executors.newFixedThreadPool(shape.subscribers());
        CountDownLatch complete = new CountDownLatch(shape.subscribers());
        SubmissionPublisher<Event> publisher = new SubmissionPublisher<>(executor, Shape.QUEUE_SIZE);
        for (int i = 0; i < shape.subscribers(); i++) {
            publisher.subscribe(new Counting(handled, complete));
        }
        return new Transport() {

            @Override
            public void publish(Event event) {
                publisher.submit(event);
            }

            @Override
            public void end() throws InterruptedException {
                publisher.close();
                if (!complete.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Not all events were handled");
                }
                executor.shutdown();
            }
        };
    }

    /** Compared by identity, as a publisher refuses a subscriber that it has already. */
    private static final class Counting implements Flow.Subscriber<Event> {

        private final LongAdder handled;
        private final CountDownLatch complete;

        private Counting(LongAdder handled, CountDownLatch complete) {
            this.handled = handled;
            this.complete = complete;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Event event) {
            handled.increment();
        }

        @Override
        public void onError(Throwable failure) {
            // the missing events are noticed
            complete.countDown();
        }

        @Override
        public void onComplete() {
            complete.countDown();
        }
    }
}
