/** SQLite's errors as Spring's exceptions. */
@NullMarked
package io.nsqite.spring.translation;

import org.jspecify.annotations.NullMarked;
