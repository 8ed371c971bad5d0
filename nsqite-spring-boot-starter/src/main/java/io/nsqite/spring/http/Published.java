package io.nsqite.spring.http;

import java.util.List;

/** The ids of what a client has published, in its order. */
record Published(List<Long> ids) {}
