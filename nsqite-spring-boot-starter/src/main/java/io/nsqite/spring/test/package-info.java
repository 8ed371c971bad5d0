/** Support for the tests of applications: a database of their own, a clock that they drive, and waits for what listeners do. */
@NullMarked
package io.nsqite.spring.test;

import org.jspecify.annotations.NullMarked;
