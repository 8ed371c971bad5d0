/** Publishing. */
@NullMarked
package io.nsqite.producer;

import org.jspecify.annotations.NullMarked;
