package io.nsqite.spring.test;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumers;
import io.nsqite.spring.NsqiteBuilderCustomizer;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.datasource.QueueDataSource;
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
            QueueAdmin admin,
            PayloadDecoder decoder,
            Consumers consumers,
            QueueDataSource dataSource,
            TestClock clock) {
        DataSource queueDataSource = dataSource.choose();
        JdbcTemplate jdbc = new JdbcTemplate(queueDataSource);
        return new DefaultNsqiteTestKit(
                admin,
                new PublishedMessages(jdbc, decoder),
                new Passes(consumers, jdbc, clock),
                new QueueReset(consumers, queueDataSource));
    }
}
