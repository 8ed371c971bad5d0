/** How payloads become bytes and bytes payloads: plain, and as JSON where there is a mapper. */
@NullMarked
package io.nsqite.spring.payload;

import org.jspecify.annotations.NullMarked;
