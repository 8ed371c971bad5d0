/** A content platform that records user behaviour: what an application with a queue in its own SQLite file looks like. */
@NullMarked
package io.nsqite.sample;

import org.jspecify.annotations.NullMarked;
