package io.nsqite.spring.autoconfigure;

import io.nsqite.producer.PayloadEncoder;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.payload.JsonPayloadDecoder;
import io.nsqite.spring.payload.JsonPayloadEncoder;
import io.nsqite.spring.payload.PlainPayloadDecoder;
import io.nsqite.spring.payload.PlainPayloadEncoder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Payloads as JSON, where the application has a mapper. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBean(JsonMapper.class)
class JsonPayloadConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PayloadEncoder nsqitePayloadEncoder(JsonMapper mapper) {
        return PlainPayloadEncoder.orElse(new JsonPayloadEncoder(mapper));
    }

    @Bean
    @ConditionalOnMissingBean
    PayloadDecoder nsqitePayloadDecoder(JsonMapper mapper) {
        return PlainPayloadDecoder.orElse(new JsonPayloadDecoder(mapper));
    }
}
