package io.nsqite.docs;

import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The application of the README. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    NsqiteAutoConfiguration.class
})
@Import({OrderService.class, OrderMails.class, OrderAudit.class, ListenerModes.class, TenantListeners.class})
class ShopApplication {

    @Bean
    DataSourceScriptDatabaseInitializer tables(DataSource dataSource) {
        DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
        settings.setSchemaLocations(List.of("classpath:io/nsqite/docs/schema.sql"));
        settings.setMode(DatabaseInitializationMode.ALWAYS);
        return new DataSourceScriptDatabaseInitializer(dataSource, settings);
    }

    @Bean
    SentMails mails() {
        return new SentMails();
    }

    @Bean
    FickleServer partner() {
        return new FickleServer();
    }

    static final class SentMails implements MailService {

        private final List<String> recipients = new CopyOnWriteArrayList<>();
        private final AtomicBoolean failing = new AtomicBoolean();

        @Override
        public void send(String to, String text) {
            if (failing.getAndSet(false)) {
                throw new IllegalStateException("The mail server does not answer");
            }
            recipients.add(to);
        }

        void failNext() {
            failing.set(true);
        }

        List<String> recipients() {
            return recipients;
        }
    }

    /** Is busy at the first call of each kind. */
    static final class FickleServer implements Partner {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public CompletableFuture<Void> send(OrderPlaced event) {
            return isFirst("send")
                    ? CompletableFuture.failedFuture(new BusyException())
                    : CompletableFuture.completedFuture(null);
        }

        @Override
        public void invoice(OrderPlaced event) {
            if (isFirst("invoice")) {
                throw new BusyException();
            }
        }

        private boolean isFirst(String call) {
            calls.add(call);
            return calls.indexOf(call) == calls.size() - 1;
        }

        List<String> calls() {
            return calls;
        }
    }
}
