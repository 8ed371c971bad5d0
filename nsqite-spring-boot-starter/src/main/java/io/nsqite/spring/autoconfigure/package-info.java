/** Wires the queue into a Spring Boot application. */
@NullMarked
package io.nsqite.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
