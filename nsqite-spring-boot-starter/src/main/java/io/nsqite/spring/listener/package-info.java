/** Finds the listeners of an application, settles how each consumes, and runs them with the application. */
@NullMarked
package io.nsqite.spring.listener;

import org.jspecify.annotations.NullMarked;
