/** Observations of publishing and handling, for Micrometer: from them come traces, and timers. */
@NullMarked
package io.nsqite.spring.observation;

import org.jspecify.annotations.NullMarked;
