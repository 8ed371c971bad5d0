/** Looking at the queue from outside. */
@NullMarked
package io.nsqite.admin;

import org.jspecify.annotations.NullMarked;
