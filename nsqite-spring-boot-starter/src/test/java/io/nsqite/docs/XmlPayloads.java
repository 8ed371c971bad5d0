package io.nsqite.docs;

import io.nsqite.producer.PayloadEncoder;
import io.nsqite.producer.PayloadEncoder.Encoded;
import io.nsqite.spring.PayloadDecoder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Payloads in another format than JSON. */
@Configuration(proxyBeanMethods = false)
class XmlPayloads {

    @Bean
    PayloadEncoder xmlEncoder(XmlMapping xml) {
        return payload -> new Encoded(xml.write(payload), "application/xml");
    }

    @Bean
    PayloadDecoder xmlDecoder(XmlMapping xml) {
        return type -> {
            Class<?> wanted = type.resolve(Object.class);
            return payload -> xml.read(payload, wanted);
        };
    }

    interface XmlMapping {

        byte[] write(Object value);

        Object read(byte[] xml, Class<?> type);
    }
}
