/** What callers get for bad requests and failures. */
@NullMarked
package io.nsqite.sample.web;

import org.jspecify.annotations.NullMarked;
