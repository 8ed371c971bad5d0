package io.nsqite.spring.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.nsqite.spring.datasource.SqlitePoolRepair;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Repaired connections under Hikari pools. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HikariDataSource.class)
@ConditionalOnBooleanProperty(name = "nsqite.datasource.repair", matchIfMissing = true)
class PoolRepairConfiguration {

    @Bean
    static SqlitePoolRepair nsqitePoolRepair() {
        return new SqlitePoolRepair();
    }
}
