package io.nsqite.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.nsqite.consumer.DefaultConsumers;
import io.nsqite.producer.DefaultProducer;
import io.nsqite.sqlite.SqliteDataSource;
import io.nsqite.store.QueueStore;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

@Timeout(20)
class QueuePreinitializerTests {

    private final QueuePreinitializer preinitializer = new QueuePreinitializer();

    @Test
    void bootRunsIt() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
                        .load(BackgroundPreinitializer.class))
                .hasAtLeastOneElementOfType(QueuePreinitializer.class);
    }

    @Test
    void itLoadsTheDriverAndEveryClassOnItsList() {
        assertThatCode(preinitializer::preinitialize).doesNotThrowAnyException();
    }

    @Test
    void itsListHasWhatAQueueNeedsAndOnlyWhatThereIs() throws Exception {
        List<String> names = preinitializer.classNames();
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains(
                        SqliteDataSource.class.getName(),
                        QueueStore.class.getName(),
                        DefaultProducer.class.getName(),
                        DefaultConsumers.class.getName());
        assertThat(names)
                .allSatisfy(name -> assertThatCode(
                                () -> Class.forName(name, false, getClass().getClassLoader()))
                        .doesNotThrowAnyException());
        assertThat(names.stream()
                        .map(name -> name.substring(0, name.lastIndexOf('.')))
                        .collect(Collectors.toSet()))
                .hasSize(14);
    }
}
