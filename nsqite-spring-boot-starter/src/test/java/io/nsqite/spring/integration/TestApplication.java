package io.nsqite.spring.integration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application as users have them, on a database file, with all auto-configuration but that of JPA and Flyway. */
final class TestApplication {

    private final List<Class<?>> sources = new ArrayList<>();
    private final List<String> properties = new ArrayList<>();
    private Class<?> base = WithoutJpa.class;

    private TestApplication() {}

    static TestApplication on(Path file) {
        return on("jdbc:sqlite:" + file);
    }

    static TestApplication on(String url) {
        return new TestApplication().with("spring.datasource.url=" + url);
    }

    TestApplication with(Class<?> source) {
        sources.add(source);
        return this;
    }

    TestApplication with(String property) {
        properties.add("--" + property);
        return this;
    }

    TestApplication withJpa() {
        base = WithJpa.class;
        return this;
    }

    TestApplication withFlyway() {
        base = WithFlyway.class;
        return this;
    }

    ConfigurableApplicationContext start() {
        return start(WebApplicationType.NONE);
    }

    ConfigurableApplicationContext start(WebApplicationType type) {
        return new SpringApplicationBuilder(base)
                .sources(sources.toArray(Class<?>[]::new))
                .web(type)
                .run(properties.toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {
                FlywayAutoConfiguration.class,
                HibernateJpaAutoConfiguration.class,
                DataJpaRepositoriesAutoConfiguration.class
            })
    static class WithoutJpa {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
    static class WithJpa {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    static class WithFlyway {}
}
