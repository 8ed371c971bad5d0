package io.nsqite.spring.integration;

import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application as users have them, on a database file. */
final class TestApplication {

    private final List<Class<?>> sources = new ArrayList<>();
    private final List<String> properties = new ArrayList<>();
    private Class<?> base = Plain.class;
    private WebApplicationType type = WebApplicationType.NONE;

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

    TestApplication withWeb() {
        base = WithWeb.class;
        type = WebApplicationType.SERVLET;
        return this;
    }

    TestApplication withFlyway() {
        base = WithFlyway.class;
        return this;
    }

    TestApplication withLiquibase() {
        base = WithLiquibase.class;
        return this;
    }

    ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(base)
                .sources(sources.toArray(Class<?>[]::new))
                .web(type)
                .run(properties.toArray(String[]::new));
    }

    /** What a program without a web server gets from Boot; fast to start. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceInitializationAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        ValidationAutoConfiguration.class,
        NsqiteAutoConfiguration.class
    })
    static class Plain {}

    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    static class WithFlyway extends Plain {}

    @ImportAutoConfiguration(LiquibaseAutoConfiguration.class)
    static class WithLiquibase extends Plain {}

    // one list, because their order within it decides whose transaction manager is taken
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        NsqiteAutoConfiguration.class
    })
    static class WithJpa {}

    /** All that Boot finds on the class path, but without the weight of JPA. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                FlywayAutoConfiguration.class,
                LiquibaseAutoConfiguration.class,
                HibernateJpaAutoConfiguration.class,
                DataJpaRepositoriesAutoConfiguration.class
            })
    static class WithWeb {}
}
