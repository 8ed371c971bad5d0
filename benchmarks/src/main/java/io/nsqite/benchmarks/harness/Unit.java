package io.nsqite.benchmarks.harness;

import java.util.Locale;

/** How figures are written. */
enum Unit {
    PER_SECOND("%,.0f/s"),
    MILLISECONDS("%.3f ms"),
    MICROSECONDS("%.1f µs"),
    BYTES("%,.0f B"),
    MEGABYTES("%.0f MB"),
    PERCENT("%.2f %%"),
    SHARE("%.2f");

    private final String format;

    Unit(String format) {
        this.format = format;
    }

    String format(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    String format(Spread spread) {
        return spread.min() == spread.max()
                ? format(spread.median())
                : "%s (%s..%s)".formatted(format(spread.median()), number(spread.min()), number(spread.max()));
    }

    private String number(double value) {
        String text = format(value);
        return text.substring(0, text.length() - suffix().length());
    }

    private String suffix() {
        return format.substring(format.indexOf('f') + 1).replace("%%", "%");
    }
}
