/** What applications use: the listener annotation, its companions, and the bridge to Spring's transactions. */
@NullMarked
package io.nsqite.spring;

import org.jspecify.annotations.NullMarked;
