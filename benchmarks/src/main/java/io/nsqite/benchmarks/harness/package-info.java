/** What a measurement is made of: trials, repeated side by side, judged, and printed as a table. */
@NullMarked
package io.nsqite.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
