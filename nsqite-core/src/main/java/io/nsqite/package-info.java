/** The entry point for programs without Spring. */
@NullMarked
package io.nsqite;

import org.jspecify.annotations.NullMarked;
