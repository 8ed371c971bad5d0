/** The tables, by version. */
@NullMarked
package io.nsqite.schema;

import org.jspecify.annotations.NullMarked;
