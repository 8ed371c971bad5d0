/** Passes contents on to a partner, which is not always there; see {@code docs/incident.md}. */
@NullMarked
package io.nsqite.sample.partner;

import org.jspecify.annotations.NullMarked;
