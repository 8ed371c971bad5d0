/** The baselines: the same work in bare JDBC, as a careful engineer would write it. */
@NullMarked
package io.nsqite.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
