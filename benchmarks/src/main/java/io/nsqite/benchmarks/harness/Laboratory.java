package io.nsqite.benchmarks.harness;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs experiments: first each trial to warm up, then all of them in turn (the product, its baselines, the product again),
 * so that what else happens on the machine meets them alike.
 */
public final class Laboratory {

    private final Path directory;
    private final PrintStream progress;
    private final Practice practice = new Practice();

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
        long begin = System.nanoTime();
        List<Line> lines = new ArrayList<>();
        for (Experiment experiment : scenario.experiments(plan)) {
            List<Line> more = run(experiment);
            more.forEach(line -> progress.printf("   %s%n", line.inShort()));
            lines.addAll(more);
        }
        progress.printf(
                "   (%d s)%n", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
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
        for (Trial trial : samples.keySet()) {
            warmUp(trial, experiment);
        }
        for (int i = 0; i < experiment.repeats(); i++) {
            for (Map.Entry<Trial, List<Sample>> entry : samples.entrySet()) {
                entry.getValue().add(run(entry.getKey(), experiment.level(), 1));
            }
        }
        return samples;
    }

    private void warmUp(Trial trial, Experiment experiment) throws Exception {
        WarmUp warmUp = experiment.warmUp();
        while (!practice.reaches(trial, warmUp.practice())) {
            run(trial, experiment.level(), 1);
        }
        if (warmUp.share() > 0) {
            run(trial, experiment.level(), warmUp.share());
        }
    }

    private Sample run(Trial trial, Level level, double share) throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.in(directory)) {
            Sample sample = trial.run(new Run(folder.path(), level, share));
            practice.add(trial, sample);
            return sample;
        }
    }
}
