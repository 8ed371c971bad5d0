/** Makes message handlers of listener methods and of payload handlers. */
@NullMarked
package io.nsqite.spring.handler;

import org.jspecify.annotations.NullMarked;
