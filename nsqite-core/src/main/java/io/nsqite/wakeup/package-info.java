/** Signals and timers, so that nothing polls. */
@NullMarked
package io.nsqite.wakeup;

import org.jspecify.annotations.NullMarked;
