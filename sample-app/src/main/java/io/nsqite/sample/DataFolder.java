package io.nsqite.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Creates the folder of the database, which SQLite does not do itself, before any bean opens the database. */
@Component
class DataFolder implements BeanFactoryPostProcessor, EnvironmentAware {

    private Path folder = Path.of("data");

    @Override
    public void setEnvironment(Environment environment) {
        folder = Path.of(environment.getRequiredProperty("sample.folder"));
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't create the folder of the database, " + folder.toAbsolutePath(), e);
        }
    }
}
