package io.nsqite.spring.payload;

/** What to do where there is no Jackson. */
final class MissingJackson {

    static final String ADVICE =
            "add spring-boot-starter-jackson, or declare beans of PayloadEncoder and PayloadDecoder";

    private MissingJackson() {}
}
