/** Consuming by asking: messages that are received by hand, and the log that is read in its order. */
@NullMarked
package io.nsqite.pull;

import org.jspecify.annotations.NullMarked;
