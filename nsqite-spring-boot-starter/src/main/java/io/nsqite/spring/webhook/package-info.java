/** Webhooks: channels whose messages are posted to an address. */
@NullMarked
package io.nsqite.spring.webhook;

import org.jspecify.annotations.NullMarked;
