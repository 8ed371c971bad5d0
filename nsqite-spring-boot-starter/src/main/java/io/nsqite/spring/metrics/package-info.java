/** The queue's metrics, for Micrometer. */
@NullMarked
package io.nsqite.spring.metrics;

import org.jspecify.annotations.NullMarked;
