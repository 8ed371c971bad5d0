package io.nsqite.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.FileSystemUtils;

/**
 * Gives a context a temporary database and the test kit. Contexts with equal customizers are shared.
 *
 * @param urlProperty the property that gets the URL
 * @param listeners whether they start
 */
record NsqiteContextCustomizer(String urlProperty, NsqiteTest.Listeners listeners) implements ContextCustomizer {

    private static final String NAME = "nsqiteTestConfiguration";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        Path folder = temporaryFolder();
        DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) context.getBeanFactory();
        // the first to be registered is the last to be destroyed: when the pool has closed
        beanFactory.registerDisposableBean("nsqiteTestFolder", () -> FileSystemUtils.deleteRecursively(folder));
        beanFactory.registerBeanDefinition(NAME, new RootBeanDefinition(NsqiteTestConfiguration.class));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(NAME, properties(folder)));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("nsqite-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "There is no place for a temporary database: %s; let java.io.tmpdir be a folder that can be written to"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private Map<String, Object> properties(Path folder) {
        String url = "jdbc:sqlite:" + folder.resolve("test.db");
        return listeners == NsqiteTest.Listeners.STARTED
                ? Map.of(urlProperty, url)
                : Map.of(urlProperty, url, "nsqite.listener.auto-startup", "false");
    }
}
