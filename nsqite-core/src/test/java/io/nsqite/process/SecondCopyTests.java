package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two copies of the library in one JVM, as in an application server, on one copy of the driver. */
class SecondCopyTests extends ProcessTest {

    private final List<Long> handledByCopy = new CopyOnWriteArrayList<>();
    private final List<Long> handledHere = new CopyOnWriteArrayList<>();

    @Test
    void aSecondCopyOfTheLibraryCountsAsAnotherProcess() throws Exception {
        Nsqite nsqite = queue();
        nsqite.consume(
                TOPIC, CHANNEL, delivery -> handledHere.add(delivery.message().id()));
        Connection connection = raw();
        until(() -> !servedBy(connection).isEmpty());
        long here = servedBy(connection).get(0);

        AutoCloseable copy = copy();
        assertThat(owners(connection)).hasSize(2);
        untilSomebodyLookedAround(connection);
        List<Long> published = publish(nsqite, 50);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handledHere).isEqualTo(published);
        assertThat(servedBy(connection)).containsExactly(here);

        // the copy's end frees its own byte only, as a process outside sees it
        Child observer = child("observer", "serve=no");
        copy.close();
        untilSomebodyLookedAround(connection);
        untilSomebodyLookedAround(connection);
        assertThat(owners(connection)).contains(here).hasSize(2);
        assertThat(observer.count("Owner " + here + " is dead")).isZero();

        AutoCloseable secondCopy = copy();
        nsqite.close();
        try (Nsqite publishing = queue()) {
            List<Long> more = publish(publishing, 50);
            publishing.admin().awaitDrained(NAME, LIMIT);
            assertThat(handledByCopy).isEqualTo(more);
        }
        assertThat(handledHere).isEqualTo(published);
        secondCopy.close();
        assertThat(servedBy(connection)).isEmpty();
        observer.stop();
        assertThat(owners(connection)).isEmpty();
    }

    /** The same classes once more, sharing nothing with these but the driver and the logger. */
    private AutoCloseable copy() throws Exception {
        ClassLoader shared = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith("io.nsqite.")) {
                    throw new ClassNotFoundException(name);
                }
                return SecondCopyTests.class.getClassLoader().loadClass(name);
            }
        };
        URL[] classes = {location(Nsqite.class), location(CopiedProgram.class)};
        URLClassLoader loader = new URLClassLoader(classes, shared);
        Class<?> program = loader.loadClass(CopiedProgram.class.getName());
        assertThat(program).isNotSameAs(CopiedProgram.class);
        Consumer<Long> handler = handledByCopy::add;
        AutoCloseable running = (AutoCloseable)
                program.getConstructor(String.class, Consumer.class).newInstance("jdbc:sqlite:" + database(), handler);
        return closing(() -> close(running, loader));
    }

    private static void close(AutoCloseable running, URLClassLoader loader) throws IOException {
        try (loader) {
            running.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
