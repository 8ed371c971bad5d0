/** Subscribes the annotated methods of an application to its event bus, and lets them go with the application. */
@NullMarked
package io.nsqite.spring.bus;

import org.jspecify.annotations.NullMarked;
