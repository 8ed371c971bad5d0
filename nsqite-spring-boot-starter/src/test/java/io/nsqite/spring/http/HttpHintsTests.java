package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

/** What becomes JSON by reflection does so in a native image, too. */
class HttpHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    HttpHintsTests() {
        new HttpRuntimeHints().registerHints(hints, getClass().getClassLoader());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Problem.class,
                Topic.class,
                CreatedSubscriber.class,
                SubscriberView.class,
                SubscriberOptions.class,
                Published.class,
                ReceivedMessage.class
            })
    void answersAreReadByTheirAccessors(Class<?> answer) {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(answer)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints);
    }

    @Test
    void theDescriptionIsThere() {
        assertThat(RuntimeHintsPredicates.resource().forResource("io/nsqite/spring/http/openapi.json"))
                .accepts(hints);
    }
}
