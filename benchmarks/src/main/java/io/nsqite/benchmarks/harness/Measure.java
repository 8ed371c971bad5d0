package io.nsqite.benchmarks.harness;

/** What can be measured of a trial. */
public enum Measure {
    /** What was done in a second: messages, transactions, deliveries, as the scenario says. */
    RATE("rate", Unit.PER_SECOND),
    /** The mean time of a transaction. */
    TRANSACTION("transaction", Unit.MICROSECONDS),
    /** From the end of the commit to the handler, in the middle. */
    P50("p50", Unit.MILLISECONDS),
    /** From the end of the commit to the handler, but for one in a hundred. */
    P99("p99", Unit.MILLISECONDS),
    /** From the end of the commit to the handler, at the most. */
    SLOWEST("slowest", Unit.MILLISECONDS),
    /** The transaction that took longest. */
    WORST_TRANSACTION("worst transaction", Unit.MILLISECONDS),
    /** What the slowest thread did as a share of what the fastest did. */
    FAIRNESS("slowest/fastest thread", Unit.SHARE),
    /** What was not yet handled when publishing ended, as a share of what was published. */
    BACKLOG("left at the end", Unit.PERCENT),
    /** Bytes handed to the file system per message, by all that the process does. */
    WRITTEN("written", Unit.BYTES),
    /** Bytes allocated on the heap per message, by all threads. */
    ALLOCATED("allocated", Unit.BYTES),
    /** Processor time of the process per message. */
    CPU("CPU", Unit.MICROSECONDS),
    /** Heap in use after a collection, at the most. */
    HEAP("heap", Unit.MEGABYTES),
    /** Processor time as a share of one core, over that of a JVM that does nothing. */
    CORE("of a core", Unit.PERCENT),
    /** The same while another process uses the database. */
    CORE_BESIDE("of a core beside another process", Unit.PERCENT),
    /** Growth of the write-ahead log. */
    LOG_GROWTH("growth of the WAL", Unit.BYTES),
    /** From the start of a JVM until its application is ready. */
    WHOLE_START("start of the JVM", Unit.MILLISECONDS),
    /** How long it took. */
    TIME("time", Unit.MILLISECONDS);

    private final String title;
    private final Unit unit;

    Measure(String title, Unit unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    String format(double value) {
        return unit.format(value);
    }

    String format(Spread spread) {
        return unit.format(spread);
    }
}
