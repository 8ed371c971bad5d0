/** What is measured: one class a scenario. */
@NullMarked
package io.nsqite.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
