/** What travels: messages to publish, messages as stored, deliveries to handlers. */
@NullMarked
package io.nsqite.message;

import org.jspecify.annotations.NullMarked;
