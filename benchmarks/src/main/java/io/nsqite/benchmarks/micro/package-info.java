/** The small paths, by JMH. */
@NullMarked
package io.nsqite.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
