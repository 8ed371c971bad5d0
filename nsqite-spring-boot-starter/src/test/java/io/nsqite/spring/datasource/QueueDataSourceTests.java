package io.nsqite.spring.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.nsqite.spring.NsqiteDataSource;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

class QueueDataSourceTests {

    @TempDir
    static Path folder;

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Chooser.class);

    @Test
    void theOnlyOneIsChosen() {
        runner.withBean("only", DataSource.class, QueueDataSourceTests::repaired)
                .run(context -> assertThat(chosen(context.getBean(QueueDataSource.class)))
                        .isSameAs(context.getBean("only")));
    }

    @Test
    void thePrimaryOneIsChosen() {
        runner.withUserConfiguration(TwoWithPrimary.class)
                .run(context -> assertThat(chosen(context.getBean(QueueDataSource.class)))
                        .isSameAs(context.getBean("primary")));
    }

    @Test
    void theMarkedOneWinsOverThePrimaryOne() {
        runner.withUserConfiguration(TwoWithPrimary.class, Marked.class)
                .run(context -> assertThat(chosen(context.getBean(QueueDataSource.class)))
                        .isSameAs(context.getBean("marked")));
    }

    @Test
    void aMarkedOneMayBeHiddenFromEveryoneElse() {
        runner.withUserConfiguration(TwoWithPrimary.class, MarkedAside.class)
                .run(context -> assertThat(chosen(context.getBean(QueueDataSource.class)))
                        .isSameAs(context.getBean("aside")));
    }

    @Test
    void severalWithoutAWordWhichAreRefusedByName() {
        runner.withBean("one", DataSource.class, QueueDataSourceTests::repaired)
                .withBean("two", DataSource.class, QueueDataSourceTests::repaired)
                .run(context -> assertThat(failure(context.getBean(QueueDataSource.class)))
                        .hasMessageContaining("[one, two]")
                        .hasMessageContaining("@NsqiteDataSource"));
    }

    @Test
    void severalMarkedOnesAreRefused() {
        runner.withUserConfiguration(Marked.class, MarkedToo.class)
                .run(context -> assertThat(failure(context.getBean(QueueDataSource.class)))
                        .hasMessageContaining("[marked, markedToo]")
                        .hasMessageContaining("Mark one alone"));
    }

    @Test
    void noneIsRefusedWithAdvice() {
        runner.run(context -> assertThat(failure(context.getBean(QueueDataSource.class)))
                .hasMessageContaining("there is no DataSource")
                .hasMessageContaining("spring.datasource.url=jdbc:sqlite:"));
    }

    @Test
    void oneThatRoutesIsRefusedAlsoBehindAProxy() {
        runner.withBean("routing", DataSource.class, () -> new LazyConnectionDataSourceProxy(new Routing()))
                .run(context -> assertThat(failure(context.getBean(QueueDataSource.class)))
                        .hasMessageContaining(Routing.class.getName())
                        .hasMessageContaining("@NsqiteDataSource"));
    }

    private static DataSource chosen(QueueDataSource queueDataSource) {
        return queueDataSource.choose();
    }

    private static Throwable failure(QueueDataSource queueDataSource) {
        try {
            queueDataSource.choose();
        } catch (QueueDataSourceException e) {
            return e;
        }
        throw new AssertionError("a data source was chosen");
    }

    private static DataSource repaired() {
        HikariDataSource pool = new HikariDataSource();
        pool.setMinimumIdle(0);
        pool.setDataSource(SqliteDataSource.forUrl(url()));
        return pool;
    }

    private static String url() {
        return "jdbc:sqlite:" + folder.resolve("app.db");
    }

    @Configuration(proxyBeanMethods = false)
    static class Chooser {

        @Bean
        QueueDataSource queueDataSource(
                @NsqiteDataSource ObjectProvider<DataSource> markedForQueue, ObjectProvider<DataSource> anyForQueue) {
            return new QueueDataSource(markedForQueue, anyForQueue);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoWithPrimary {

        @Bean
        @Primary
        DataSource primary() {
            return repaired();
        }

        @Bean
        DataSource secondary() {
            return repaired();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Marked {

        @Bean
        @NsqiteDataSource
        DataSource marked() {
            return repaired();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MarkedAside {

        @Bean(defaultCandidate = false)
        @NsqiteDataSource
        DataSource aside() {
            return repaired();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MarkedToo {

        @Bean
        @NsqiteDataSource
        DataSource markedToo() {
            return repaired();
        }
    }

    static class Routing extends AbstractRoutingDataSource {

        Routing() {
            setTargetDataSources(Map.of("a", repaired()));
            afterPropertiesSet();
        }

        @Override
        protected Object determineCurrentLookupKey() {
            return "a";
        }
    }
}
