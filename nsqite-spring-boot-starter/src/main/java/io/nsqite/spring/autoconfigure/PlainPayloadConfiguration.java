package io.nsqite.spring.autoconfigure;

import io.nsqite.producer.PayloadEncoder;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.payload.PlainPayloadDecoder;
import io.nsqite.spring.payload.PlainPayloadEncoder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Payloads of bytes and text, where the application has no mapper for more. */
@Configuration(proxyBeanMethods = false)
class PlainPayloadConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PayloadEncoder nsqitePayloadEncoder() {
        return PlainPayloadEncoder.alone();
    }

    @Bean
    @ConditionalOnMissingBean
    PayloadDecoder nsqitePayloadDecoder() {
        return PlainPayloadDecoder.alone();
    }
}
