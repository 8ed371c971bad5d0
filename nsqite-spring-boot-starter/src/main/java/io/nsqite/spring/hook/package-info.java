/** Beans of the application that take part in consuming. */
@NullMarked
package io.nsqite.spring.hook;

import org.jspecify.annotations.NullMarked;
