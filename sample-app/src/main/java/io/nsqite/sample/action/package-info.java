/** Actions of users: recorded and published in one transaction. */
@NullMarked
package io.nsqite.sample.action;

import org.jspecify.annotations.NullMarked;
