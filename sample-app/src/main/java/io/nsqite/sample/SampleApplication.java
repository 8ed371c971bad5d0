package io.nsqite.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * Starts the web application; with {@code --demo} it feeds itself a file of actions instead, prints what came of it and
 * ends, with exit code 0 only if everything adds up.
 */
@SpringBootApplication
public class SampleApplication {

    private static final String DEMO = "demo";

    /** Starts with the arguments of the command line. */
    public static void main(String[] args) {
        if (asksForDemo(args)) {
            System.exit(runDemo(args));
        }
        SpringApplication.run(SampleApplication.class, args);
    }

    /** Runs the demo to its end and returns the exit code. */
    static int runDemo(String... args) {
        System.out.println("Starting; the log goes to demo.log beside the database");
        SpringApplication application = new SpringApplication(SampleApplication.class);
        application.setAdditionalProfiles(DEMO);
        return SpringApplication.exit(application.run(args));
    }

    private static boolean asksForDemo(String... args) {
        var options = new SimpleCommandLinePropertySource(args);
        return options.containsProperty(DEMO) || options.containsProperty("demo.file");
    }
}
