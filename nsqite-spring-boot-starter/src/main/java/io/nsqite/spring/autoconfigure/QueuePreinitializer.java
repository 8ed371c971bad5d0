package io.nsqite.spring.autoconfigure;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Loads in the background what the start of the queue spends most of its time with: SQLite's native library and the queue's
 * classes. Boot runs it beside the start where there is more than one processor. It touches no file of the application, and without it all is
 * loaded when it is needed.
 */
final class QueuePreinitializer implements BackgroundPreinitializer {

    private static final Logger log = LoggerFactory.getLogger(QueuePreinitializer.class);

    private static final String BASE = "io/nsqite/";
    private static final String CLASS_FILE = ".class";

    /** Those that every queue with a listener uses, but for some classes; in the order in which they are needed. */
    private static final List<String> PACKAGES = List.of(
            "jdbc",
            "sqlite",
            "schema",
            "store",
            "database",
            "message",
            "wakeup",
            "owner",
            "maintenance",
            "producer",
            "consumer",
            "admin",
            "spring/listener",
            "spring/handler");

    private final ClassLoader loader = QueuePreinitializer.class.getClassLoader();

    @Override
    public void preinitialize() throws IOException {
        useDriver();
        for (String name : classNames()) {
            link(name);
        }
    }

    /** In memory, so there is no file. */
    private static void useDriver() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException | LinkageError e) { // the driver says the reason only to who opens the first connection
            log.warn(
                    "SQLite's native library could not be loaded; where no connection to a database can be opened, this is why",
                    e);
        }
    }

    List<String> classNames() throws IOException {
        ResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(loader);
        List<String> names = new ArrayList<>();
        for (String folder : PACKAGES) {
            for (Resource file : resolver.getResources("classpath:" + BASE + folder + "/*" + CLASS_FILE)) {
                names.add(className(folder, String.valueOf(file.getFilename())));
            }
        }
        return names;
    }

    private static String className(String folder, String fileName) {
        String path = BASE + folder + "/" + fileName.substring(0, fileName.length() - CLASS_FILE.length());
        return path.replace('/', '.');
    }

    /**
     * Loads and verifies a class, which asking for its constructors brings about. It is not initialized: two threads that initialize classes in
     * different orders can wait for each other for ever.
     */
    private void link(String name) {
        try {
            var unused = Class.forName(name, false, loader).getDeclaredConstructors();
        } catch (ClassNotFoundException | LinkageError e) {
            // something optional is not there; whoever needs it says so
        }
    }
}
