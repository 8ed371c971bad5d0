/** The queue as operators see and steer it: the Actuator endpoint {@code nsqite} and the health of the same name. */
@NullMarked
package io.nsqite.spring.actuate;

import org.jspecify.annotations.NullMarked;
