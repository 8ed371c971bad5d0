package io.nsqite.sample.demo;

import io.nsqite.admin.ChannelName;
import io.nsqite.sample.action.ActionRequest;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Runs once the application has started: feeds it the actions of a file, waits until all channels have handled them,
 * prints the result and checks it. Its exit code is 0 if everything adds up.
 */
final class Demo implements ApplicationRunner, ExitCodeGenerator {

    private final ActionFile file;
    private final ActionFeed feed;
    private final Channels channels;
    private final Tables tables;
    private final Observations observations;
    private final PrintStream out = System.out;
    private int exitCode = 1;

    Demo(ActionFile file, ActionFeed feed, Channels channels, Tables tables, Observations observations) {
        this.file = file;
        this.feed = feed;
        this.channels = channels;
        this.tables = tables;
        this.observations = observations;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        try {
            judge(run(file.read()));
        } catch (DemoException e) {
            judge(List.of(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }

    /** Returns what does not add up. */
    private List<String> run(List<ActionRequest> actions) {
        channels.awaitServed();
        channels.awaitDrained();
        TableCounts before = tables.count();
        Map<ChannelName, Long> deadBefore = channels.dead();
        out.printf(Locale.ROOT, "%,d actions from %s%n", actions.size(), file.name());
        process(actions);
        List<ChannelResult> results = results(deadBefore);
        out.printf("%n%s%n", ResultTable.of(results));
        return Audit.of(actions)
                .channels(results)
                .tables(before, tables.count())
                .problems();
    }

    private void process(List<ActionRequest> actions) {
        List<String> names = channels.names().stream().map(ChannelName::channel).toList();
        Progress progress = Progress.start(observations, names, actions.size(), out);
        try {
            feed.recordAll(actions);
            channels.awaitDrained();
        } finally {
            progress.stop();
        }
    }

    private List<ChannelResult> results(Map<ChannelName, Long> deadBefore) {
        Map<ChannelName, Long> deadAfter = channels.dead();
        return channels.names().stream()
                .map(name ->
                        result(name.channel(), deadAfter.getOrDefault(name, 0L) - deadBefore.getOrDefault(name, 0L)))
                .toList();
    }

    private ChannelResult result(String channel, long dead) {
        ChannelObservations seen = observations.channel(channel);
        return new ChannelResult(
                channel,
                observations.published(),
                seen.handled(),
                seen.retried(),
                dead,
                seen.perSecond(),
                seen.latency());
    }

    private void judge(List<String> problems) {
        if (problems.isEmpty()) {
            exitCode = 0;
            out.println("Everything adds up.");
            return;
        }
        out.println("The demo failed:");
        problems.forEach(problem -> out.println("  " + problem));
    }
}
