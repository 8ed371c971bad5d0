/** Counts actions per content, as the channel "analytics". */
@NullMarked
package io.nsqite.sample.analytics;

import org.jspecify.annotations.NullMarked;
