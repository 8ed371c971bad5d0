package io.nsqite.docs;

/** An event that may be lost: the next price comes soon. */
record PriceChanged(String name, long cents) {}
