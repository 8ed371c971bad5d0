package io.nsqite.spring.http;

import java.util.List;

/**
 * A topic as a client sees it.
 *
 * @param name its name
 * @param subscribers the names of its subscribers
 */
record Topic(String name, List<String> subscribers) {}
