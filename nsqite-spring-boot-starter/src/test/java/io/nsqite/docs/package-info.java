/** The examples of the README, compiled and run. */
@NullMarked
package io.nsqite.docs;

import org.jspecify.annotations.NullMarked;
