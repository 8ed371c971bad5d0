/** Looking at the queue, and operating it, from outside. */
@NullMarked
package io.nsqite.admin;

import org.jspecify.annotations.NullMarked;
