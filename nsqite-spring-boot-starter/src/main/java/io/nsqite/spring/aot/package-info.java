/** Hints for native images. */
@NullMarked
package io.nsqite.spring.aot;

import org.jspecify.annotations.NullMarked;
