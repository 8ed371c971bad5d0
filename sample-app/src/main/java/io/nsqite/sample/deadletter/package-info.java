/** Shows what the channels gave up. */
@NullMarked
package io.nsqite.sample.deadletter;

import org.jspecify.annotations.NullMarked;
