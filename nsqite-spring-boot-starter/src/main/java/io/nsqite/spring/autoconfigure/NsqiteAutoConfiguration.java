package io.nsqite.spring.autoconfigure;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteBuilder;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumers;
import io.nsqite.producer.PayloadEncoder;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteBuilderCustomizer;
import io.nsqite.spring.NsqiteDataSource;
import io.nsqite.spring.SpringTransaction;
import io.nsqite.spring.TransactionPhase;
import io.nsqite.spring.datasource.QueueDataSource;
import io.nsqite.spring.hook.ApplicationEncoder;
import io.nsqite.spring.hook.ApplicationHooks;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Auto-configuration of the queue: {@link Producer} to publish, {@link QueueAdmin} to look, listeners to handle, and repaired
 * connections under the application's pool.
 */
@AutoConfiguration(
        after = {
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            TransactionAutoConfiguration.class
        },
        afterName = {
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "nsqite.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NsqiteProperties.class)
@Import({
    PoolRepairConfiguration.class,
    ExceptionTranslationConfiguration.class,
    JsonPayloadConfiguration.class,
    PlainPayloadConfiguration.class,
    ListenerConfiguration.class,
    LoggingConfiguration.class,
    ObservationConfiguration.class
})
public final class NsqiteAutoConfiguration {

    @Bean
    TransactionPhase nsqiteTransactionPhase() {
        return new TransactionPhase();
    }

    @Bean
    QueueDataSource nsqiteQueueDataSource(
            // among several beans Spring takes the one named like the parameter: no bean is to be named like these
            @NsqiteDataSource ObjectProvider<DataSource> markedForNsqiteQueue,
            ObjectProvider<DataSource> anyForNsqiteQueue) {
        return new QueueDataSource(markedForNsqiteQueue, anyForNsqiteQueue);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Nsqite nsqite(
            QueueDataSource queueDataSource,
            NsqiteProperties properties,
            ObjectProvider<NsqiteBuilderCustomizer> customizers) {
        DataSource dataSource = queueDataSource.choose();
        NsqiteBuilder builder = Nsqite.builder(dataSource)
                .options(properties.toOptions())
                .callerTransaction(new SpringTransaction(dataSource));
        properties.schema().applyTo(builder);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** When it is needed, which is after the queue. */
    @Bean
    @Lazy
    ApplicationEncoder nsqiteApplicationEncoder(PayloadEncoder payloadEncoder) {
        return new ApplicationEncoder(payloadEncoder);
    }

    /** Early, so that what a customizer of the application adds is inside; but not first, for what has to be around them. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 100)
    ApplicationHooks nsqiteHooks(ListableBeanFactory beanFactory) {
        return new ApplicationHooks(beanFactory);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnThreading(Threading.VIRTUAL)
    NsqiteBuilderCustomizer nsqiteVirtualThreads() {
        ThreadFactory threads = new VirtualThreadTaskExecutor().getVirtualThreadFactory();
        return builder -> builder.handlerThreads(threads);
    }

    @Bean
    @ConditionalOnMissingBean
    Producer nsqiteProducer(Nsqite nsqite) {
        return nsqite.producer();
    }

    @Bean
    @ConditionalOnMissingBean
    Consumers nsqiteConsumers(Nsqite nsqite) {
        return nsqite.consumers();
    }

    @Bean
    @ConditionalOnMissingBean
    QueueAdmin nsqiteQueueAdmin(Nsqite nsqite) {
        return nsqite.admin();
    }
}
