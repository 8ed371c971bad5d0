/** Applications of Spring Boot to measure. */
@NullMarked
package io.nsqite.benchmarks.boot;

import org.jspecify.annotations.NullMarked;
