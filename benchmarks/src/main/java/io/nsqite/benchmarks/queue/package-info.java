/** The queue under measurement, through its public API. */
@NullMarked
package io.nsqite.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
