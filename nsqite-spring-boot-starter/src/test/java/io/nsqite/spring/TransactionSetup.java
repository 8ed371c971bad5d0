package io.nsqite.spring;

import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import java.nio.file.Path;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The ways in which an application can have its transactions managed. */
public enum TransactionSetup {
    DATA_SOURCE_MANAGER("spring.dao.exceptiontranslation.enabled=false", Jdbc.class),
    JDBC_MANAGER("spring.dao.exceptiontranslation.enabled=true", Jdbc.class),
    JPA_MANAGER("spring.jpa.open-in-view=false", Jpa.class),
    LAZY_JDBC("spring.datasource.connection-fetch=lazy", Jdbc.class),
    LAZY_JPA("spring.datasource.connection-fetch=lazy", Jpa.class);

    private final String property;
    private final Class<?> configuration;

    TransactionSetup(String property, Class<?> configuration) {
        this.property = property;
        this.configuration = configuration;
    }

    /** Starts an application on a database file of its own. */
    public ConfigurableApplicationContext start(Path folder, Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .sources(configuration)
                .web(WebApplicationType.NONE)
                .properties(property, "spring.datasource.url=jdbc:sqlite:" + folder.resolve(name() + ".db"))
                .run();
    }

    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        NsqiteAutoConfiguration.class
    })
    static class Jdbc {}

    @ImportAutoConfiguration({Jdbc.class, HibernateJpaAutoConfiguration.class})
    static class Jpa extends Jdbc {}
}
