package io.nsqite.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs experiments: first each trial once to warm up, then all of them in turn (the product, its baselines, the product again),
 * so that what else happens on the machine meets them alike.
 */
public final class Laboratory {

    private final Path directory;
    private final PrintStream progress;

    /**
     * @param directory where trials get their folders
     * @param progress is told what is going on
     */
    public Laboratory(Path directory, PrintStream progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** Runs the variants of a scenario. One that fails gives a line that says so, and the next goes on. */
    public List<Line> run(Scenario scenario, Plan plan) {
        progress.printf("%d. %s%n", scenario.number(), scenario.title());
        List<Line> lines = new ArrayList<>();
        for (Experiment experiment : scenario.experiments(plan)) {
            List<Line> more = run(experiment);
            more.forEach(line -> progress.printf("   %s%n", line.inShort()));
            lines.addAll(more);
        }
        return lines;
    }

    private List<Line> run(Experiment experiment) {
        try {
            Map<Trial, List<Sample>> samples = samples(experiment);
            return experiment.readings().stream()
                    .map(reading -> Line.of(experiment, reading, samples))
                    .toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while measuring", e);
        } catch (Exception e) {
            e.printStackTrace(progress);
            return experiment.readings().stream()
                    .map(reading -> Line.failed(experiment, reading, e))
                    .toList();
        }
    }

    private Map<Trial, List<Sample>> samples(Experiment experiment) throws Exception {
        Map<Trial, List<Sample>> samples = new LinkedHashMap<>();
        samples.put(experiment.product(), new ArrayList<>());
        experiment.baselines().forEach(baseline -> samples.put(baseline, new ArrayList<>()));
        if (experiment.warmUp() > 0) {
            for (Trial trial : samples.keySet()) {
                run(trial, experiment.level(), experiment.warmUp());
            }
        }
        for (int i = 0; i < experiment.repeats(); i++) {
            for (Map.Entry<Trial, List<Sample>> entry : samples.entrySet()) {
                entry.getValue().add(run(entry.getKey(), experiment.level(), 1));
            }
        }
        return samples;
    }

    private Sample run(Trial trial, Level level, double share) throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.in(directory)) {
            return trial.run(new Run(folder.path(), level, share));
        } catch (IOException e) {
            throw new IOException("A trial failed in " + directory, e);
        }
    }
}
