package io.lexigram.benchmarks.report;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a figure is to be at most or at least.
 *
 * @param what the figure, in words
 * @param least whether it is the least value, rather than the greatest
 */
record Target(String what, double limit, boolean least, Function<Results, Optional<Estimate>> figure) {

    static Target atMost(double limit, String what, Function<Results, Optional<Estimate>> figure) {
        return new Target(what, limit, false, figure);
    }

    static Target atLeast(double limit, String what, Function<Results, Optional<Estimate>> figure) {
        return new Target(what, limit, true, figure);
    }

    /** The cells of its line: what, target, measured, met. */
    String[] cells(Results results) {
        Optional<Estimate> measured = figure.apply(results);
        return new String[] {
            what,
            (least ? "≥ " : "≤ ") + Estimate.Figures.of(limit),
            measured.map(Estimate::toString).orElse("–"),
            measured.map(this::verdict).orElse("not measured")
        };
    }

    private String verdict(Estimate estimate) {
        boolean met = meets(estimate.value());
        boolean sure = meets(estimate.low()) == met && meets(estimate.high()) == met;
        return (met ? "yes" : "**no**") + (sure ? "" : ", within the noise");
    }

    private boolean meets(double value) {
        return least ? value >= limit : value <= limit;
    }
}
