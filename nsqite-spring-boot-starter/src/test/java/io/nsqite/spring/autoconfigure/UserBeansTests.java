package io.nsqite.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** What the starter brings steps back where the application has a bean of its own. */
@Timeout(60)
class UserBeansTests {

    /** Those that an application may bring itself, as it would declare them. */
    private static final List<Class<?>> REPLACEABLE = List.of(
            Nsqite.class,
            io.nsqite.producer.Producer.class,
            io.nsqite.consumer.Consumers.class,
            io.nsqite.admin.QueueAdmin.class,
            io.nsqite.producer.PayloadEncoder.class,
            io.nsqite.spring.PayloadDecoder.class,
            SQLExceptionTranslator.class);

    /** Parts of the starter that are no interfaces of anybody, and beans that stand beside the application's of the same type. */
    private static final Set<String> INNER = Set.of(
            "nsqiteTransactionPhase",
            "nsqiteQueueDataSource",
            "nsqitePoolRepair",
            "nsqiteErrorTranslation",
            "nsqiteCommitTranslation",
            "nsqiteHooks",
            "nsqiteApplicationEncoder",
            "nsqiteDeliveryMdc",
            "nsqiteListenerHandlers",
            "nsqiteListenerSetup",
            "nsqiteListenerRegistry",
            "nsqiteListeners",
            "nsqiteListenerLifecycle");

    @TempDir
    Path folder;

    static Stream<Class<?>> replaceable() {
        return REPLACEABLE.stream();
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        NsqiteAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"));
    }

    @ParameterizedTest
    @MethodSource("replaceable")
    void theApplicationsBeanWins(Class<?> type) {
        withOwn(type).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeanNamesForType(type)).containsExactly("own");
        });
    }

    private <T> ApplicationContextRunner withOwn(Class<T> type) {
        return runner().withBean("own", type, () -> doubleOf(type));
    }

    @Test
    void everyBeanIsEitherReplaceableOrKnownAsAPartOfTheStarter() {
        runner().run(context -> {
            TreeMap<String, Class<?>> others = new TreeMap<>();
            for (String name : context.getBeanDefinitionNames()) {
                Class<?> type = context.getType(name);
                if (name.startsWith("nsqite")
                        && !INNER.contains(name)
                        && !name.endsWith("Properties")
                        && type != null) {
                    others.put(name, type);
                }
            }
            assertThat(others).hasSizeGreaterThanOrEqualTo(REPLACEABLE.size());
            assertThat(others.values())
                    .allSatisfy(type -> assertThat(REPLACEABLE).anyMatch(known -> known.isAssignableFrom(type)));
        });
    }

    /** Does nothing, and has parts that do nothing. */
    private static <T> T doubleOf(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "double";
                    default -> nothing(method.getReturnType());
                }));
    }

    private static Object nothing(Class<?> type) {
        if (type == List.class) {
            return List.of();
        }
        return type.isInterface() ? doubleOf(type) : null;
    }
}
