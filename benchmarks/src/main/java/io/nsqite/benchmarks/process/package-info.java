/** Other processes. */
@NullMarked
package io.nsqite.benchmarks.process;

import org.jspecify.annotations.NullMarked;
