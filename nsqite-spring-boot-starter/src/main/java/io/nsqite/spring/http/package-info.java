/** The queue over HTTP: topics, subscribers and their messages, for programs in any language. */
@NullMarked
package io.nsqite.spring.http;

import org.jspecify.annotations.NullMarked;
