package io.nsqite.spring.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.sqlite.SQLiteDataSource;

@ExtendWith(OutputCaptureExtension.class)
class SqlitePoolRepairTests {

    @TempDir
    Path folder;

    private final ApplicationContextRunner runner = QueueDoubleConfiguration.runner()
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    @Test
    void theAutoConfiguredPoolStaysAndHasRepairedConnectionsUnderIt() {
        withUrl().run(context -> {
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            assertThat(repaired(pool).url()).isEqualTo(url());
            assertThat(pool.getJdbcUrl()).isEqualTo(url());
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        });
    }

    @Test
    void thePropertiesOfThePoolComeAlong() {
        withUrl()
                .withPropertyValues(
                        "spring.datasource.hikari.data-source-properties.busy_timeout=777",
                        "spring.datasource.hikari.data-source-properties.jdbc.get_generated_keys=true",
                        "spring.datasource.hikari.maximum-pool-size=3")
                .run(context -> {
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    assertThat(repaired(pool).properties())
                            .containsEntry("busy_timeout", "777")
                            .containsEntry("jdbc.get_generated_keys", "true");
                    assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
                });
    }

    @Test
    void propertiesThatAreNoStringsWhichTheDriverWouldIgnoreAreTurnedIntoSuch() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url());
        pool.addDataSourceProperty("busy_timeout", 777);
        new SqlitePoolRepair().postProcessBeforeInitialization(pool, "pool");
        assertThat(repaired(pool).properties()).containsEntry("busy_timeout", "777");
    }

    @Test
    void aPoolOfTheApplicationsOwnThatIsBoundToPropertiesIsRepairedToo() {
        runner.withUserConfiguration(OwnPool.class)
                .withPropertyValues("app.events.jdbc-url=" + url())
                .run(context -> assertThat(repaired(context.getBean(HikariDataSource.class))
                                .url())
                        .isEqualTo(url()));
    }

    @Test
    void connectionDetailsOfATestContainerOrTheLikeWin() {
        String other = url() + "?busy_timeout=5";
        withUrl()
                .withBean(JdbcConnectionDetails.class, () -> new Details(other))
                .run(context -> assertThat(repaired(context.getBean(HikariDataSource.class))
                                .url())
                        .isEqualTo(other));
    }

    @Test
    void aPoolThatNamesTheDriversDataSourceIsRepaired() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSourceClassName(SQLiteDataSource.class.getName());
        pool.addDataSourceProperty("url", url());
        new SqlitePoolRepair().postProcessBeforeInitialization(pool, "pool");
        assertThat(repaired(pool).url()).isEqualTo(url());
        assertThat(repaired(pool).properties()).isEqualTo(new Properties());
        assertThat(pool.getDataSourceClassName()).isNull();
    }

    @Test
    void theLazyProxyOfBootSitsOnTopOfTheRepairedPool() {
        withUrl().withPropertyValues("spring.datasource.connection-fetch=lazy").run(context -> {
            LazyConnectionDataSourceProxy proxy = context.getBean(LazyConnectionDataSourceProxy.class);
            assertThat(repaired((HikariDataSource) proxy.getTargetDataSource()).url())
                    .isEqualTo(url());
        });
    }

    @Test
    void otherDatabasesAreLeftAlone() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:mem:test");
        new SqlitePoolRepair().postProcessBeforeInitialization(pool, "pool");
        assertThat(pool.getDataSource()).isNull();
    }

    @Test
    void aPoolThatHasStartedIsWarnedOf(CapturedOutput output) {
        runner.withUserConfiguration(StartedPool.class)
                .withPropertyValues("app.url=" + url())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("'started'").contains("has started already");
                });
    }

    @Test
    void aPoolWithTheDriversOwnDataSourceIsWarnedOf(CapturedOutput output) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(new SQLiteDataSource());
        new SqlitePoolRepair().postProcessBeforeInitialization(pool, "pool");
        assertThat(output).contains("'pool'").contains("Give the pool a jdbc:sqlite: URL");
    }

    @Test
    void aPoolThatIsRepairedAlreadyIsLeftAlone(CapturedOutput output) {
        HikariDataSource pool = new HikariDataSource();
        SqliteDataSource own = SqliteDataSource.forUrl(url());
        pool.setDataSource(own);
        new SqlitePoolRepair().postProcessBeforeInitialization(pool, "pool");
        assertThat(pool.getDataSource()).isSameAs(own);
        assertThat(output).doesNotContain("WARN");
    }

    @Test
    void itCanBeSwitchedOff() {
        withUrl()
                .withPropertyValues("nsqite.datasource.repair=false")
                .run(context -> assertThat(
                                context.getBean(HikariDataSource.class).getDataSource())
                        .isNull());
        withUrl()
                .withPropertyValues("nsqite.enabled=false")
                .run(context -> assertThat(
                                context.getBean(HikariDataSource.class).getDataSource())
                        .isNull());
    }

    @Test
    void anApplicationWithoutHikariStarts() {
        withUrl()
                .withClassLoader(new FilteredClassLoader("com.zaxxer.hikari"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SqlitePoolRepair.class));
    }

    private ApplicationContextRunner withUrl() {
        return runner.withPropertyValues("spring.datasource.url=" + url());
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("app.db");
    }

    private static SqliteDataSource repaired(HikariDataSource pool) {
        assertThat(pool.getDataSource()).isInstanceOf(SqliteDataSource.class);
        return (SqliteDataSource) pool.getDataSource();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnPool {

        @Bean
        @ConfigurationProperties("app.events")
        HikariDataSource events() {
            return new HikariDataSource();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class StartedPool {

        @Bean
        HikariDataSource started(Environment environment) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(environment.getRequiredProperty("app.url"));
            return new HikariDataSource(config);
        }
    }

    private record Details(String url) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return "";
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public String getJdbcUrl() {
            return url;
        }
    }
}
