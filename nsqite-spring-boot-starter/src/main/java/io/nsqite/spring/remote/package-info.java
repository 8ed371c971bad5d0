/** What is the same for all who use the queue from outside of the application: messages as JSON, and channels without a handler here. */
@NullMarked
package io.nsqite.spring.remote;

import org.jspecify.annotations.NullMarked;
