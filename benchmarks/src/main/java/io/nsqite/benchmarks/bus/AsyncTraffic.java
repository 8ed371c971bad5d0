package io.nsqite.benchmarks.bus;

import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Over Spring's {@code ApplicationEventPublisher} to {@code @Async} listeners, which share an executor with as many threads and as much room as all
 * subscribers of the bus have together. Whoever finds no room runs the listener itself, as the executor can't have it wait.
 */
public record AsyncTraffic(Traffic traffic) implements Trial {

    private static final int LIMIT_SECONDS = 60;

    @Override
    public Sample run(Run run) throws Exception {
        return traffic.run(run, AsyncTraffic::open);
    }

    private static Transport open(Shape shape, LongAdder handled) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(Asynchronous.class);
        context.registerBean("taskExecutor", ThreadPoolTaskExecutor.class, () -> executor(shape));
        for (int i = 0; i < shape.subscribers(); i++) {
            context.registerBean("counting-" + i, Counting.class, () -> new Counting(handled));
        }
        context.refresh();
        return new Transport() {

            @Override
            public void publish(Event event) {
                context.publishEvent(event);
            }

            @Override
            public void end() {
                context.close();
            }
        };
    }

    private static ThreadPoolTaskExecutor executor(Shape shape) {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        int threads = shape.subscribers() * shape.concurrency();
        executor.setCorePoolSize(threads);
        executor.setMaxPoolSize(threads);
        executor.setQueueCapacity(shape.subscribers() * Shape.QUEUE_SIZE);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationSeconds(LIMIT_SECONDS);
        return executor;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class Asynchronous {}

    /** A listener as users write it. */
    static class Counting {

        private final LongAdder handled;

        Counting(LongAdder handled) {
            this.handled = handled;
        }

        @Async
        @EventListener
        public void handle(Event event) {
            handled.increment();
        }
    }
}
