/** Shared contents once more: pulled by hand, and read as a log. */
@NullMarked
package io.nsqite.sample.share;

import org.jspecify.annotations.NullMarked;
