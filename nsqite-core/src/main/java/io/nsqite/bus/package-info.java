/**
 * The event bus: typed events in memory, for what needs speed and may be lost with the process. It needs no database and writes nothing; what
 * has to survive belongs into the queue.
 */
@NullMarked
package io.nsqite.bus;

import org.jspecify.annotations.NullMarked;
