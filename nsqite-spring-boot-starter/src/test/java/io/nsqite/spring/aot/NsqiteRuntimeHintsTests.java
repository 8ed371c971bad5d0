package io.nsqite.spring.aot;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.proxies;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.nsqite.Nsqite;
import io.nsqite.message.Delivery;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;

/** Nothing of ours is looked up by name, called by reflection or proxied without a hint for native images. */
class NsqiteRuntimeHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    @BeforeEach
    void register() {
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(NsqiteRuntimeHints.class::isInstance)
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
    }

    @Test
    void theScriptsOfTheTables() {
        assertThat(Nsqite.class.getResource("schema/V1.sql")).isNotNull();
        assertThat(resource().forResource("io/nsqite/schema/V1.sql")).accepts(hints);
    }

    @Test
    void theVersionOfTheLibrary() {
        assertThat(Nsqite.class.getResource("owner/version.properties")).isNotNull();
        assertThat(resource().forResource("io/nsqite/owner/version.properties")).accepts(hints);
    }

    @Test
    void theMetaDataOfRepairedConnections() throws Exception {
        assertThat(proxies().forInterfaces(DatabaseMetaData.class)).accepts(hints);
        assertThat(reflection().onMethodInvocation(DatabaseMetaData.class, "getDatabaseProductName"))
                .accepts(hints);
    }

    @Test
    void whatIsLookedUpByName() throws Exception {
        for (String name : List.of("org.sqlite.JDBC", "org.sqlite.SQLiteException")) {
            assertThat(Class.forName(name)).isNotNull();
            assertThat(reflection().onType(TypeReference.of(name))).accepts(hints);
        }
        assertThat(reflection().onMethodInvocation(PayloadHandler.class, "handle"))
                .accepts(hints);
    }

    @Test
    void annotationsWithAliases() {
        assertThat(proxies().forInterfaces(NsqiteListener.class)).accepts(hints);
        assertThat(proxies().forInterfaces(Backoff.class)).accepts(hints);
    }

    @Test
    void methodsOfListenersAndTheirPayloads() throws Exception {
        new ReflectiveRuntimeHintsRegistrar()
                .registerRuntimeHints(hints, Methods.class, Repeated.class, Composed.class);
        for (Class<?> type : List.of(Methods.class, Repeated.class, Composed.class)) {
            for (Method method : type.getDeclaredMethods()) {
                assertThat(reflection().onMethodInvocation(method)).accepts(hints);
            }
        }
        for (Class<?> payload : List.of(Order.class, Line.class, InMessage.class, InList.class, InOptional.class)) {
            assertThat(reflection().onConstructorInvocation(payload.getDeclaredConstructors()[0]))
                    .as(payload.getName())
                    .accepts(hints);
            assertThat(reflection().onMethodInvocation(payload.getMethod("number")))
                    .accepts(hints);
        }
        assertThat(reflection().onMethodInvocation(Contract.class, "on")).accepts(hints);
        assertThat(reflection().onType(Delivery.class)).rejects(hints);
    }

    @Test
    void payloadHandlers() throws Exception {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Handler.class);
        assertThat(reflection().onType(Handler.class)).accepts(hints);
        assertThat(reflection().onConstructorInvocation(Order.class.getDeclaredConstructors()[0]))
                .accepts(hints);
    }

    /** Whoever adds a class here adds a hint, and a test above. */
    @Test
    void nobodyElseUsesWhatNeedsHints() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.nsqite");
        noClasses()
                .that()
                .doNotHaveSimpleName("GuardedMetaData") // proxy, calls
                .and()
                .doNotHaveSimpleName("ConnectionOpener") // the driver
                .and()
                .doNotHaveSimpleName("Migration") // scripts
                .and()
                .doNotHaveSimpleName("Version") // of the library
                .and()
                .doNotHaveSimpleName("OpenApi") // its document, see HttpHintsTests
                .and()
                .doNotHaveSimpleName("BeanMethod") // calls listeners and subscribers
                .and()
                .doNotHaveSimpleName("ListenerReflection") // runs while the image is built
                .and()
                .doNotHaveSimpleName("QueuePreinitializer") // Boot does not run it in an image
                .should(callMethod(Class.class, "forName", String.class))
                .orShould(callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class))
                .orShould(callMethod(ClassLoader.class, "loadClass", String.class))
                .orShould(callMethod(Class.class, "getResourceAsStream", String.class))
                .orShould(callMethod(Class.class, "getMethod", String.class, Class[].class))
                .orShould(callMethod(Class.class, "getDeclaredMethods"))
                .orShould(callMethod(Method.class, "invoke", Object.class, Object[].class))
                .orShould(callMethod(
                        Proxy.class, "newProxyInstance", ClassLoader.class, Class[].class, InvocationHandler.class))
                .check(all);
    }

    record Order(int number, List<Line> lines) {}

    record Line(int number) {}

    record InMessage(int number) {}

    record InList(int number) {}

    record InOptional(int number) {}

    interface Contract {

        void on(Order order);
    }

    static class Methods implements Contract {

        @Override
        @NsqiteListener(topic = "orders", channel = "a")
        public void on(Order order) {}

        @NsqiteListener(topic = "orders", channel = "b")
        void message(Message<InMessage> message, @Header("x") String header, Delivery delivery) {}

        @NsqiteListener(topic = "orders", channel = "c", batchSize = 10)
        void batch(List<InList> batch, List<Delivery> deliveries) {}
    }

    static class Repeated {

        @NsqiteListener(topic = "orders", channel = "d")
        @NsqiteListener(topic = "orders", channel = "e")
        void repeated(Optional<InOptional> order) {}
    }

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @NsqiteListener(topic = "orders", channel = "")
    @interface OrderListener {

        @AliasFor(annotation = NsqiteListener.class)
        String channel();
    }

    static class Composed {

        @OrderListener(channel = "f")
        void composed(String text) {}
    }

    @NsqiteListener(topic = "orders", channel = "g")
    static class Handler implements PayloadHandler<Order> {

        @Override
        public void handle(Order order, Delivery delivery) {}
    }
}
