package io.nsqite.spring.test;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumers;
import io.nsqite.spring.NsqiteBuilderCustomizer;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.datasource.QueueDataSource;
import io.nsqite.store.QueueErasure;
import io.nsqite.store.QueueInspection;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a context gets from {@link NsqiteTest}. */
@Configuration(proxyBeanMethods = false)
class NsqiteTestConfiguration {

    @Bean
    TestClock nsqiteTestClock() {
        return new TestClock();
    }

    @Bean
    NsqiteBuilderCustomizer nsqiteTestTime(TestClock clock) {
        return builder -> builder.clock(clock).timer(clock.timer());
    }

    @Bean
    NsqiteTestKit nsqiteTestKit(
            Nsqite nsqite, PayloadDecoder decoder, Consumers consumers, QueueDataSource dataSource, TestClock clock) {
        DataSource queueDataSource = dataSource.choose();
        JdbcTemplate jdbc = new JdbcTemplate(queueDataSource);
        QueueInspection inspection = new QueueInspection(nsqite.tablePrefix());
        return new DefaultNsqiteTestKit(
                nsqite.admin(),
                new PublishedMessages(jdbc, inspection, decoder),
                new Passes(consumers, jdbc, inspection, clock),
                new QueueReset(consumers, queueDataSource, new QueueErasure(nsqite.tablePrefix())));
    }
}
