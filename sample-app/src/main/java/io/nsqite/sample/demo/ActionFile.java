package io.nsqite.sample.demo;

import io.nsqite.sample.action.ActionRequest;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.LineNumberReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of actions, one JSON object a line, each as {@code POST /actions} takes it.
 *
 * @param resource where it is
 * @param mapper reads a line
 * @param validator checks it
 */
record ActionFile(Resource resource, JsonMapper mapper, Validator validator) {

    /**
     * All actions of the file.
     *
     * @throws DemoException if there are none, or a line is no valid action
     */
    List<ActionRequest> read() {
        if (!resource.exists()) {
            throw new DemoException("There is no %s; --demo.file takes the path of a file".formatted(name()));
        }
        List<ActionRequest> actions = new ArrayList<>();
        try (var reader = new LineNumberReader(new StringReader(resource.getContentAsString(StandardCharsets.UTF_8)))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    actions.add(parse(line, reader.getLineNumber()));
                }
            }
        } catch (IOException e) {
            throw new DemoException("Can't read %s: %s".formatted(name(), e), e);
        }
        if (actions.isEmpty()) {
            throw new DemoException("There are no actions in %s; give it a JSON object a line".formatted(name()));
        }
        return actions;
    }

    /** What to call it. */
    String name() {
        return resource.getDescription();
    }

    private ActionRequest parse(String line, int number) {
        ActionRequest action = readJson(line, number);
        validator.validate(action).stream().findFirst().ifPresent(violation -> {
            throw unusable(number, violation.getPropertyPath() + " " + violation.getMessage(), null);
        });
        return action;
    }

    private ActionRequest readJson(String line, int number) {
        try {
            return mapper.readValue(line, ActionRequest.class);
        } catch (JacksonException e) {
            throw unusable(number, e.getOriginalMessage(), e);
        }
    }

    private DemoException unusable(int number, String problem, @Nullable Throwable cause) {
        return new DemoException("Line %d of %s is no action: %s".formatted(number, name(), problem), cause);
    }
}
