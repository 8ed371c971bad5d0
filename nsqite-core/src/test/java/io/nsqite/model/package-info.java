/** The whole queue under random operations, compared with a model of what it promises. */
@NullMarked
package io.nsqite.model;

import org.jspecify.annotations.NullMarked;
