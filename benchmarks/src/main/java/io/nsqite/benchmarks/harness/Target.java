package io.nsqite.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/** What a result has to reach. */
@FunctionalInterface
public interface Target {

    /** Says what was wanted, what was found, and whether that will do. */
    Judgement judge(Comparison comparison);

    /** The middle of a measure is at least so much. */
    static Target atLeast(Measure measure, double bound) {
        return comparison -> {
            double figure = comparison.product().median(measure);
            return new Judgement(
                    "%s %s ≥ %s".formatted(measure.title(), measure.format(figure), measure.format(bound)),
                    figure >= bound);
        };
    }

    /** The middle of a measure is at most so much. */
    static Target atMost(Measure measure, double bound) {
        return comparison -> {
            double figure = comparison.product().median(measure);
            return new Judgement(
                    "%s %s ≤ %s".formatted(measure.title(), measure.format(figure), measure.format(bound)),
                    figure <= bound);
        };
    }

    /** The value is at least so many times the baseline's. */
    static Target ratioAtLeast(double bound) {
        return comparison -> {
            double ratio = comparison.ratio();
            return new Judgement(
                    "ratio %s ≥ %s".formatted(Unit.SHARE.format(ratio), Unit.SHARE.format(bound)), ratio >= bound);
        };
    }

    /** The middle of a measure is more than the baseline's by so much at the most. */
    static Target addsAtMost(Measure measure, double bound) {
        return comparison -> {
            double added = comparison.product().median(measure)
                    - comparison.requiredBaseline().median(measure);
            return new Judgement(
                    "adds %s ≤ %s %s".formatted(measure.format(added), measure.format(bound), measure.title()),
                    added <= bound);
        };
    }

    /**
     * What came of a target.
     *
     * @param text what was found and what was wanted
     * @param met whether that will do
     */
    record Judgement(String text, boolean met) {

        @Override
        public String toString() {
            return text + (met ? ": met" : ": MISSED");
        }
    }

    /**
     * What the product did beside what a baseline did.
     *
     * @param value the measure that both are compared by
     */
    record Comparison(
            Measure value, Series product, @Nullable Series baseline) {

        Series requiredBaseline() {
            if (baseline == null) {
                throw new IllegalStateException("There is no baseline to compare with");
            }
            return baseline;
        }

        double ratio() {
            return product.median(value) / requiredBaseline().median(value);
        }
    }
}
