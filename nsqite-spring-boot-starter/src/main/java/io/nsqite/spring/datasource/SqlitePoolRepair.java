package io.nsqite.spring.datasource;

import com.zaxxer.hikari.HikariDataSource;
import io.nsqite.sqlite.SqliteDataSource;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;

/**
 * Puts {@link SqliteDataSource} under every Hikari pool with a SQLite URL, after its properties have been bound and before
 * it starts. The bean stays the pool; its connections get the fair permit and transactions that work.
 */
public final class SqlitePoolRepair implements BeanPostProcessor, PriorityOrdered {

    // the binding of properties has 1, Boot's connection details 2
    private static final int AFTER_BINDING = HIGHEST_PRECEDENCE + 10;
    private static final String DRIVER_PACKAGE = "org.sqlite.";
    private static final Logger log = LoggerFactory.getLogger(SqlitePoolRepair.class);

    @Override
    public int getOrder() {
        return AFTER_BINDING;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof HikariDataSource pool) {
            repair(pool, beanName);
        }
        return bean;
    }

    private static void repair(HikariDataSource pool, String beanName) {
        if (pool.getDataSource() != null) {
            warnOfDriver(pool, beanName);
            return;
        }
        String url = url(pool);
        if (url == null || !SqliteDataSource.accepts(url)) {
            return;
        }
        if (pool.isRunning()) {
            log.warn(
                    "The pool '{}' on {} has started already, so its connections can't be repaired. Create it with"
                            + " 'new HikariDataSource()' and setters, or from a HikariConfig whose data source is"
                            + " SqliteDataSource.forUrl(...)",
                    beanName,
                    url);
            return;
        }
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.remove("url");
        pool.setDataSourceClassName(null);
        pool.setDataSource(SqliteDataSource.forUrl(url, properties));
        log.debug("The pool '{}' on {} has repaired connections", beanName, url);
    }

    private static void warnOfDriver(HikariDataSource pool, String beanName) {
        if (pool.getDataSource().getClass().getName().startsWith(DRIVER_PACKAGE)) {
            log.warn(
                    "The pool '{}' has a {} under it, whose connections can't be repaired. Give the pool a jdbc:sqlite:"
                            + " URL instead, or SqliteDataSource.forUrl(...)",
                    beanName,
                    pool.getDataSource().getClass().getName());
        }
    }

    private static @Nullable String url(HikariDataSource pool) {
        String className = pool.getDataSourceClassName();
        return className != null && className.startsWith(DRIVER_PACKAGE)
                ? pool.getDataSourceProperties().getProperty("url")
                : pool.getJdbcUrl();
    }
}
