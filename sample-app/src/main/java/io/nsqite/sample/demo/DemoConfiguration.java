package io.nsqite.sample.demo;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumers;
import io.nsqite.sample.action.ActionService;
import io.nsqite.sample.analytics.ContentStatsRepository;
import io.nsqite.spring.NsqiteListener;
import jakarta.validation.Validator;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The demo, which exists with {@code --demo} only. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Observations observations() {
        return new Observations();
    }

    /** Outermost, so that a handler counts as called before its transaction begins, and as returned after it committed. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor handlingProbe(Observations observations) {
        var advisor = new DefaultPointcutAdvisor(
                AnnotationMatchingPointcut.forMethodAnnotation(NsqiteListener.class), new HandlingProbe(observations));
        advisor.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return advisor;
    }

    @Bean
    ActionFile actionFile(@Value("${demo.file:}") String path, JsonMapper mapper, Validator validator) {
        Resource resource = path.isEmpty() ? new ClassPathResource("demo/actions.jsonl") : new FileSystemResource(path);
        return new ActionFile(resource, mapper, validator);
    }

    @Bean
    ActionFeed actionFeed(ActionService actions, TransactionTemplate transactions, Observations observations) {
        return new ActionFeed(actions, transactions, observations);
    }

    @Bean
    Channels channels(Consumers consumers, QueueAdmin admin, Observations observations) {
        return new Channels(consumers, admin, observations::executions);
    }

    @Bean
    Tables tables(JdbcClient jdbc, ContentStatsRepository contents) {
        return new Tables(jdbc, contents);
    }

    @Bean
    Demo demo(ActionFile file, ActionFeed feed, Channels channels, Tables tables, Observations observations) {
        return new Demo(file, feed, channels, tables, observations);
    }
}
