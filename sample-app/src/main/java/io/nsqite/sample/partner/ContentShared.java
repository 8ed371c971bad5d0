package io.nsqite.sample.partner;

/** A content is to be passed on. */
record ContentShared(String contentId) {

    static final String TOPIC = "shared_contents";
}
