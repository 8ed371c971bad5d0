/** Which data source the queue lives in, and the repair of SQLite connections under the application's pool. */
@NullMarked
package io.nsqite.spring.datasource;

import org.jspecify.annotations.NullMarked;
