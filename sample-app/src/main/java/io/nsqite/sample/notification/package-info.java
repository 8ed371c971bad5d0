/** Tells authors about likes, as the channel "notifications". */
@NullMarked
package io.nsqite.sample.notification;

import org.jspecify.annotations.NullMarked;
