package io.nsqite.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code DataSource} that the queue lives in, where an application has several. Without it the
 * {@code @Primary} one is used.
 *
 * <pre>{@code
 * @Bean
 * @NsqiteDataSource
 * HikariDataSource events() { ... }
 * }</pre>
 */
@Documented
@Qualifier
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface NsqiteDataSource {}
