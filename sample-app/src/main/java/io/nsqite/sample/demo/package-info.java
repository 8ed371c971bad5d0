/** Feeds the application a file of actions, measures, and checks that everything adds up. */
@NullMarked
package io.nsqite.sample.demo;

import org.jspecify.annotations.NullMarked;
