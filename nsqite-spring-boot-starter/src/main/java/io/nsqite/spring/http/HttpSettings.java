package io.nsqite.spring.http;

/**
 * How the interface is set.
 *
 * @param basePath where it is, such as "/nsqite"
 * @param maxBodyBytes the largest body of a request
 * @param browsers what of browsers is let in
 */
public record HttpSettings(String basePath, long maxBodyBytes, BrowserCheck browsers) {}
