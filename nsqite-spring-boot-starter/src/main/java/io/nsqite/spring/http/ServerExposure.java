package io.nsqite.spring.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/** Warns at the start if everybody who reaches the server can use the queue. */
public final class ServerExposure implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(ServerExposure.class);

    /** What Spring Security calls its filter, which is there whenever the application has rules. */
    private static final String SECURITY_FILTER = "springSecurityFilterChain";

    private final BeanFactory beanFactory;
    private final Environment environment;
    private final String basePath;

    /** @param basePath where the interface is */
    public ServerExposure(BeanFactory beanFactory, Environment environment, String basePath) {
        this.beanFactory = beanFactory;
        this.environment = environment;
        this.basePath = basePath;
    }

    /** Whether Spring Security decides who may do what. */
    public static boolean hasRules(BeanFactory beanFactory) {
        return beanFactory.containsBean(SECURITY_FILTER);
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!hasRules(beanFactory) && !isLoopback(environment.getProperty("server.address"))) {
            log.warn(
                    "Everybody who reaches this server can publish to the queue, receive from it and delete subscribers, below {}:"
                            + " nsqite.http.enabled is true without Spring Security. Add rules with Spring Security, set"
                            + " server.address=127.0.0.1, or switch the interface off",
                    basePath);
        }
    }

    private static boolean isLoopback(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the server says what is wrong with it
        }
    }
}
