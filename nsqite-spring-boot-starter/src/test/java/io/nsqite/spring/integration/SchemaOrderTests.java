package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.producer.Producer;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue's tables live beside those that others create. */
@Timeout(60)
class SchemaOrderTests {

    @TempDir
    Path folder;

    @Test
    void flywayMigratesANewFileBeforeTheQueueCreatesItsTables() {
        for (int start = 1; start <= 2; start++) {
            try (var context =
                    TestApplication.on(folder.resolve("app.db")).withFlyway().start()) {
                publishWith(context, "INSERT INTO customer (name) VALUES ('ann')");
                assertThat(tables(context)).contains("customer", "flyway_schema_history", "nsqite_message");
                assertThat(messages(context)).isEqualTo(start);
            }
        }
    }

    @Test
    void hibernateUpdatesItsTablesBesideTheQueuesAtEveryStart() {
        for (int start = 1; start <= 2; start++) {
            try (var context = TestApplication.on(folder.resolve("app.db"))
                    .withJpa()
                    .with(Entities.class)
                    .with("spring.jpa.hibernate.ddl-auto=update")
                    .start()) {
                context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                    context.getBean(EntityManager.class).persist(new Customer("ann"));
                    context.getBean(Producer.class).publishTx("customers", "ann");
                });
                assertThat(messages(context)).isEqualTo(start);
                assertThat(context.getBean(JdbcClient.class)
                                .sql("SELECT count(*) FROM customer")
                                .query(Integer.class)
                                .single())
                        .isEqualTo(start);
            }
        }
    }

    @Test
    void scriptsOfTheApplicationRunBeforeToo() {
        try (var context = TestApplication.on(folder.resolve("app.db"))
                .with("spring.sql.init.mode=always")
                .with("spring.sql.init.schema-locations=classpath:db/migration/V1__customer.sql")
                .start()) {
            publishWith(context, "INSERT INTO customer (name) VALUES ('ann')");
            assertThat(messages(context)).isEqualTo(1);
        }
    }

    @Test
    void beansThatWaitForTheDatabaseFindTheQueuesTables() {
        try (var context = TestApplication.on(folder.resolve("app.db"))
                .with(EarlyReader.class)
                .start()) {
            assertThat(context.getBean(Found.class).tables()).contains("nsqite_message");
            assertThat(context.getBeanFactory().getBeanDefinition("found").getDependsOn())
                    .contains(context.getBeanNamesForType(Nsqite.class));
        }
    }

    private static void publishWith(ConfigurableApplicationContext context, String business) {
        context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            context.getBean(JdbcTemplate.class).update(business);
            context.getBean(Producer.class).publishTx("customers", "ann");
        });
    }

    private static int messages(ConfigurableApplicationContext context) {
        return context.getBean(JdbcTemplate.class).queryForObject("SELECT count(*) FROM nsqite_message", Integer.class);
    }

    private static List<String> tables(ConfigurableApplicationContext context) {
        return context.getBean(JdbcTemplate.class)
                .queryForList("SELECT name FROM sqlite_schema WHERE type = 'table'", String.class);
    }

    record Found(List<String> tables) {}

    @Configuration(proxyBeanMethods = false)
    static class EarlyReader {

        // asks the DataSource itself: a JdbcTemplate would wait for the tables anyway
        @Bean
        @DependsOnDatabaseInitialization
        static Found found(DataSource dataSource) {
            return new Found(new JdbcTemplate(dataSource)
                    .queryForList("SELECT name FROM sqlite_schema WHERE type = 'table'", String.class));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Entities {}

    @Entity(name = "customer")
    static class Customer {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;

        Instant since = Instant.EPOCH;

        protected Customer() {}

        Customer(String name) {
            this.name = name;
        }
    }
}
