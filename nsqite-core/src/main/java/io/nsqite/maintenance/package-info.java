/** What is done from time to time. */
@NullMarked
package io.nsqite.maintenance;

import org.jspecify.annotations.NullMarked;
