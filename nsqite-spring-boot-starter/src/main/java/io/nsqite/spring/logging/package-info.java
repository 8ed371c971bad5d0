/** What log lines tell of the message that is being handled. */
@NullMarked
package io.nsqite.spring.logging;

import org.jspecify.annotations.NullMarked;
