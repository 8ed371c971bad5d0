package io.nsqite.spring;

import io.nsqite.NsqiteBuilder;

/**
 * Changes how the queue is built, after the properties have been applied. Declare beans of it; they are called in their
 * order. They come before the queue, so they can't use it, nor what waits for its tables, such as a {@code JdbcTemplate}.
 *
 * <pre>{@code
 * @Bean
 * NsqiteBuilderCustomizer testClock(InstantSource clock) {
 *     return builder -> builder.clock(clock);
 * }
 * }</pre>
 */
@FunctionalInterface
public interface NsqiteBuilderCustomizer {

    /** Changes the builder. */
    void customize(NsqiteBuilder builder);
}
