/** What goes wrong: the base of the exceptions of the queue, and how those of the database are passed on. */
@NullMarked
package io.nsqite.error;

import org.jspecify.annotations.NullMarked;
