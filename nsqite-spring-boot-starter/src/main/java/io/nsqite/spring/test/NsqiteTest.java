package io.nsqite.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a test with a Spring context a queue of its own, in a temporary SQLite file that is deleted with the context, and
 * a {@link NsqiteTestKit} to inject. For use beside {@code @SpringBootTest}.
 *
 * <pre>{@code
 * @SpringBootTest
 * @NsqiteTest
 * class OrderTests {
 *
 *     @Test
 *     void aPlacedOrderIsMailed(@Autowired OrderService orders, @Autowired NsqiteTestKit queue) {
 *         orders.place(new Order("42", "a@example.com"));
 *         queue.awaitDrained();
 *         assertThat(queue.published("orders", OrderPlaced.class)).hasSize(1);
 *     }
 * }
 * }</pre>
 *
 * <p>Test classes with the same configuration share a context and its database, as always in Spring. Before each test method the
 * queue is emptied ({@link NsqiteTestKit#reset()}); the application's own tables are left to the application. Tests of one context must
 * not run side by side.
 *
 * <p>The queue's time is that of {@link NsqiteTestKit#clock()}: it goes on by itself, and can be moved forward.
 *
 * <p>A {@code @Transactional} test that rolls back publishes nothing, so nothing is delivered. Either look at
 * {@link NsqiteTestKit#published} inside of it, which sees what the test's own transaction has written, or commit with
 * {@link NsqiteTestKit#commit()}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface NsqiteTest {

    /** The property that gets the URL of the temporary file. */
    String urlProperty() default "spring.datasource.url";

    /** Whether listeners start with the application. */
    Listeners listeners() default Listeners.STARTED;

    /** Whether listeners start with the application. */
    enum Listeners {
        /** As in production. */
        STARTED,
        /**
         * Only when the test says so, by {@link NsqiteTestKit#runOnce} or the registry: sets {@code nsqite.listener.auto-startup}
         * to false, which a listener's own {@code autoStartup} is stronger than.
         */
        STOPPED
    }
}
