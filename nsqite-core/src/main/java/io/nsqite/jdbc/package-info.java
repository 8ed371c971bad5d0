/** Running SQL. */
@NullMarked
package io.nsqite.jdbc;

import org.jspecify.annotations.NullMarked;
