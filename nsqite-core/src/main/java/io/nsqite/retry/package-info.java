/** When a failed delivery is tried again. */
@NullMarked
package io.nsqite.retry;

import org.jspecify.annotations.NullMarked;
