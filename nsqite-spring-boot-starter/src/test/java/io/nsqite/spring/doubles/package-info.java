/** Doubles of the queue, for tests that need no database. */
@NullMarked
package io.nsqite.spring.doubles;

import org.jspecify.annotations.NullMarked;
