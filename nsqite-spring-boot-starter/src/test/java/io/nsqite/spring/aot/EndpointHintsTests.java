package io.nsqite.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nsqite.spring.actuate.NsqiteEndpoint;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.core.ResolvableType;

/** What the endpoint answers can be written as JSON in a native image: its operations tell only of the common interface. */
class EndpointHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    @BeforeEach
    void register() {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, NsqiteEndpoint.class);
    }

    @Test
    void everyAnswerIsBound() throws Exception {
        List<? extends Class<?>> answers = new ClassFileImporter()
                .importPackagesOf(NsqiteEndpoint.class).stream()
                        .filter(type -> type.isAssignableTo(OperationResponseBody.class))
                        .map(JavaClass::reflect)
                        .toList();
        assertThat(answers).hasSizeGreaterThan(5);
        Set<Class<?>> parts = withParts(answers);
        assertThat(parts).hasSizeGreaterThan(answers.size() + 5);
        for (Class<?> part : parts) {
            for (RecordComponent component : part.getRecordComponents()) {
                assertThat(reflection().onMethodInvocation(component.getAccessor()))
                        .as("%s.%s", part, component.getName())
                        .accepts(hints);
            }
        }
    }

    /** The answers and all records in them. */
    private static Set<Class<?>> withParts(List<? extends Class<?>> answers) {
        Set<Class<?>> found = new LinkedHashSet<>();
        Deque<Class<?>> toDo = new ArrayDeque<>(answers);
        while (!toDo.isEmpty()) {
            Class<?> next = toDo.pop();
            if (next.isRecord() && found.add(next)) {
                for (RecordComponent component : next.getRecordComponents()) {
                    addTypes(component.getGenericType(), toDo);
                }
            }
        }
        return found;
    }

    private static void addTypes(Type type, Deque<Class<?>> toDo) {
        ResolvableType resolvable = ResolvableType.forType(type);
        toDo.push(resolvable.toClass());
        for (ResolvableType generic : resolvable.getGenerics()) {
            toDo.push(generic.toClass());
        }
    }
}
