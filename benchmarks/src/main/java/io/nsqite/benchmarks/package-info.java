/** Measures the queue: the command line. */
@NullMarked
package io.nsqite.benchmarks;

import org.jspecify.annotations.NullMarked;
