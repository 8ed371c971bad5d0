package io.nsqite.spring.autoconfigure;

import io.nsqite.spring.NsqiteBuilderCustomizer;
import io.nsqite.spring.translation.SpringErrorTranslation;
import io.nsqite.spring.translation.SqliteExceptionTranslator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * SQLite's errors as Spring's exceptions. Boot gives the only translator bean to its JdbcTemplate and to its dialect for Hibernate; its
 * JdbcTransactionManager, whose commits fail as well, gets it here.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "nsqite.exception-translation", matchIfMissing = true)
class ExceptionTranslationConfiguration {

    /** First, so that a customizer of the application wins. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    NsqiteBuilderCustomizer nsqiteErrorTranslation(ObjectProvider<SQLExceptionTranslator> translator) {
        return builder -> translator.ifUnique(unique -> builder.errorTranslation(new SpringErrorTranslation(unique)));
    }

    /** Where the application translates nothing by itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(SQLExceptionTranslator.class)
    @Conditional(OnNoErrorCodesFile.class)
    static class Translator {

        @Bean
        SqliteExceptionTranslator nsqiteExceptionTranslator() {
            return new SqliteExceptionTranslator();
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        TransactionManagerCustomizer<JdbcTransactionManager> nsqiteCommitTranslation(
                SqliteExceptionTranslator translator) {
            return manager -> manager.setExceptionTranslator(translator);
        }
    }
}
