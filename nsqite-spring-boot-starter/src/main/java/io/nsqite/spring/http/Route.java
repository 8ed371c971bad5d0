package io.nsqite.spring.http;

import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A kind of request.
 *
 * @param method its method
 * @param path its path below the base path, with names in braces
 * @param handler what answers it
 */
record Route(HttpMethod method, String path, HandlerFunction<ServerResponse> handler) {}
