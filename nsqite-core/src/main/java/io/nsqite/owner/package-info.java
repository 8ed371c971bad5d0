/** Which processes use the queue, and which of them live. */
@NullMarked
package io.nsqite.owner;

import org.jspecify.annotations.NullMarked;
