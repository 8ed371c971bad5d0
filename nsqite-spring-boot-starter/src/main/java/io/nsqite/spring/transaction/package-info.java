/** Transactions of the application around handlers. */
@NullMarked
package io.nsqite.spring.transaction;

import org.jspecify.annotations.NullMarked;
