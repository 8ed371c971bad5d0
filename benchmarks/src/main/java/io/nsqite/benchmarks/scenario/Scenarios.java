package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.queue.Backlogs;
import java.util.List;

/** All that is measured. */
public final class Scenarios {

    private Scenarios() {}

    /** In the order of their numbers. */
    public static List<Scenario> of(Backlogs backlogs) {
        return List.of(
                new BusinessTransaction(),
                new PublishOneByOne(),
                new BulkTransactions(),
                new SteadyTransactions(),
                new DrainBacklog(backlogs),
                new QuietCommits(),
                new BusyWriters(),
                new ManyWaiting(backlogs),
                new ManyChannels(),
                new RareTopic(backlogs),
                new OrderedKeys(),
                new TransactionalBatches(backlogs),
                new Idleness(),
                new StartTime(),
                new EventTraffic());
    }
}
