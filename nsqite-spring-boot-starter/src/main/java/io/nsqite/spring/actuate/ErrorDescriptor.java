package io.nsqite.spring.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Why a request was refused; reads like other errors of Spring Boot.
 *
 * @param status the status of the response
 * @param error the same in words
 * @param message what was wanted, what was found, what to do
 */
public record ErrorDescriptor(int status, String error, String message) implements OperationResponseBody {}
