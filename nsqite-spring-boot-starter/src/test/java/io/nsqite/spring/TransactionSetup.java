package io.nsqite.spring;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The ways in which an application can have its transactions managed. */
public enum TransactionSetup {
    DATA_SOURCE_MANAGER("spring.dao.exceptiontranslation.enabled=false", DataSourceTransactionManager.class),
    JDBC_MANAGER("spring.dao.exceptiontranslation.enabled=true", JdbcTransactionManager.class),
    JPA_MANAGER("spring.datasource.connection-fetch=eager", JpaTransactionManager.class),
    LAZY_JDBC("spring.datasource.connection-fetch=lazy", JdbcTransactionManager.class),
    LAZY_JPA("spring.datasource.connection-fetch=lazy", JpaTransactionManager.class);

    private final String property;
    private final Class<? extends PlatformTransactionManager> manager;

    TransactionSetup(String property, Class<? extends PlatformTransactionManager> manager) {
        this.property = property;
        this.manager = manager;
    }

    /** Starts an application on a database file of its own. */
    public ConfigurableApplicationContext start(Path folder, Class<?>... sources) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(sources)
                .sources(manager == JpaTransactionManager.class ? Jpa.class : Jdbc.class)
                .web(WebApplicationType.NONE)
                .properties(property, "spring.datasource.url=jdbc:sqlite:" + folder.resolve(name() + ".db"))
                .run();
        assertThat(context.getBean(PlatformTransactionManager.class)).isExactlyInstanceOf(manager);
        return context;
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

    // one list, because their order within it decides whose transaction manager is taken
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        HibernateJpaAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        NsqiteAutoConfiguration.class
    })
    static class Jpa {}
}
