package io.nsqite.spring.handler;

import java.lang.reflect.Method;

/**
 * A method that is to become a listener.
 *
 * @param bean the bean, which may be a proxy
 * @param method the method as the bean's class declares it
 * @param name class, method and parameters, for messages
 */
record ListenerCandidate(Object bean, Method method, String name) {}
