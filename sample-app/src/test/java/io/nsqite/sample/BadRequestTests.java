package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What callers are told about requests that can't be taken. */
@SpringBootTest
@DirtiesContext
@Timeout(60)
class BadRequestTests {

    @TempDir
    static Path folder;

    @Autowired
    private JsonMapper mapper;

    @Autowired
    private JdbcClient jdbc;

    private RestTestClient client;

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @BeforeEach
    void connect(@Autowired WebApplicationContext application) {
        client = RestTestClient.bindToApplicationContext(application).build();
    }

    @ParameterizedTest
    @CsvSource({
        "userId,    ' ',       must not be blank",
        "action,    hate,      'must be one of [view, like, favorite] but was ''hate'''",
        "action,    1,         must be one of",
        "contentId, '',        must not be blank",
        "timestamp, yesterday, must be a time such as 2026-03-01T10:00:00Z but was 'yesterday'"
    })
    void aFieldThatIsWrongIsNamed(String field, String value, String message) {
        Map<String, Object> action = validAction();
        action.put(field, value.equals("1") ? 1 : value);
        refused(mapper.writeValueAsString(action))
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.errors[0].message")
                .value(found -> assertThat(found).asString().startsWith(message))
                .jsonPath("$.detail")
                .value(found -> assertThat(found).asString().startsWith(field + " " + message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"userId", "action", "contentId", "timestamp"})
    void aFieldThatIsMissingIsNamed(String field) {
        Map<String, Object> action = validAction();
        action.remove(field);
        refused(mapper.writeValueAsString(action))
                .jsonPath("$.errors.length()")
                .isEqualTo(1)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void allFieldsThatAreMissingAreNamed() {
        refused("{}").jsonPath("$.errors.length()").isEqualTo(4);
    }

    @Test
    void whatIsTooLongIsRefused() {
        Map<String, Object> action = validAction();
        action.put("contentId", "c".repeat(65));
        refused(mapper.writeValueAsString(action))
                .jsonPath("$.detail")
                .isEqualTo("contentId size must be between 0 and 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "\"view\""})
    void whatIsNoObjectIsRefused(String json) {
        refused(json).jsonPath("$.status").isEqualTo(400);
    }

    private static Map<String, Object> validAction() {
        return new LinkedHashMap<>(
                Map.of("userId", "ann", "action", "view", "contentId", "c1", "timestamp", "2026-03-01T12:00:00Z"));
    }

    /** Bad requests leave nothing behind. */
    private RestTestClient.BodyContentSpec refused(String json) {
        RestTestClient.BodyContentSpec body = client.post()
                .uri("/actions")
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody();
        assertThat(jdbc.sql("SELECT count(*) FROM user_action")
                        .query(Long.class)
                        .single())
                .isZero();
        return body;
    }
}
