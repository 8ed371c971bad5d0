package io.nsqite.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.sample.action.ActionRequest;
import io.nsqite.sample.action.ActionType;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import tools.jackson.databind.json.JsonMapper;

/** What is read from files of actions, and what is said of those that can't be. */
class ActionFileTests {

    private static final String VALID =
            "{\"userId\":\"ann\",\"action\":\"like\",\"contentId\":\"c\",\"timestamp\":\"2026-03-01T12:00:00Z\"}\n";

    private static ValidatorFactory validators;

    @TempDir
    Path folder;

    @BeforeAll
    static void openValidators() {
        validators = Validation.buildDefaultValidatorFactory();
    }

    @AfterAll
    static void closeValidators() {
        validators.close();
    }

    @Test
    void everyLineIsAnActionAndEmptyOnesAreSkipped() throws IOException {
        assertThat(file(VALID + "\n" + VALID).read())
                .hasSize(2)
                .contains(new ActionRequest("ann", ActionType.LIKE, "c", Instant.parse("2026-03-01T12:00:00Z")));
    }

    @Test
    void theShippedFileHasThousandsOfActionsAndSomeThatFail() {
        var actions = file(new ClassPathResource("demo/actions.jsonl")).read();

        assertThat(actions).hasSize(4000);
        assertThat(TableCounts.poisonous(actions)).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({"{, end-of-input", "{}, must not be", "[], Cannot deserialize"})
    void aLineThatIsNoActionIsNamed(String line, String problem) throws IOException {
        ActionFile file = file(VALID + line + "\n");

        assertThatThrownBy(file::read)
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("Line 2 of file [")
                .hasMessageContaining(problem);
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        ActionFile file = file("\n");

        assertThatThrownBy(file::read)
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("There are no actions in file [");
    }

    @Test
    void aFileThatDoesNotExistIsRefused() {
        ActionFile file = file(new FileSystemResource(folder.resolve("nowhere")));

        assertThatThrownBy(file::read).isInstanceOf(DemoException.class).hasMessageStartingWith("There is no file [");
    }

    private ActionFile file(String content) throws IOException {
        return file(new FileSystemResource(Files.writeString(folder.resolve("actions.jsonl"), content)));
    }

    private static ActionFile file(Resource resource) {
        Validator validator = validators.getValidator();
        return new ActionFile(resource, JsonMapper.builder().build(), validator);
    }
}
