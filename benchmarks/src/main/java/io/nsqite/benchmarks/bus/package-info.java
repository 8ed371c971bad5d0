/** The event bus, and what passes events in memory without it. */
@NullMarked
package io.nsqite.benchmarks.bus;

import org.jspecify.annotations.NullMarked;
