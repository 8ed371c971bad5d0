package io.nsqite.sample.partner;

/**
 * A content that will be passed on.
 *
 * @param messageId the message that says so
 */
record SharedResponse(long messageId) {}
