package io.lexigram.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;

/** A figure with its interval of confidence of 95 %, by Student's t over the rounds; one round has no interval. */
record Estimate(double value, double low, double high) {

    /** Two-sided, for 1 degree of freedom and more. */
    private static final double[] QUANTILES = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131
    };

    private static final double QUANTILE_OF_MANY = 1.96;

    static Estimate mean(double[] rounds) {
        double mean = Arrays.stream(rounds).average().orElseThrow();
        double half = halfWidth(rounds, mean);
        return new Estimate(mean, mean - half, mean + half);
    }

    /** The geometric mean of the ratios of two that were measured in turn, round by round. */
    static Estimate ratio(double[] of, double[] to) {
        double[] logarithms = new double[of.length];
        for (int i = 0; i < of.length; i++) {
            logarithms[i] = Math.log(of[i] / to[i]);
        }
        Estimate logarithm = mean(logarithms);
        return new Estimate(Math.exp(logarithm.value), Math.exp(logarithm.low), Math.exp(logarithm.high));
    }

    private static double halfWidth(double[] rounds, double mean) {
        int n = rounds.length;
        if (n < 2) {
            return 0;
        }
        double squares = Arrays.stream(rounds).map(x -> (x - mean) * (x - mean)).sum();
        double quantile = n - 2 < QUANTILES.length ? QUANTILES[n - 2] : QUANTILE_OF_MANY;
        return quantile * Math.sqrt(squares / (n - 1) / n);
    }

    boolean hasInterval() {
        return high > low;
    }

    /** The figure, and the interval where there is one. */
    @Override
    public String toString() {
        return hasInterval()
                ? Figures.of(value) + " (" + Figures.of(low) + "–" + Figures.of(high) + ")"
                : Figures.of(value);
    }

    /** How figures are written: three digits that count, whole ones without decimals. */
    static final class Figures {

        private Figures() {}

        static String of(double figure) {
            double size = Math.abs(figure);
            if (size < 100 && figure == Math.rint(figure)) {
                return String.valueOf((long) figure);
            }
            if (size >= 100) {
                return String.format(Locale.ROOT, "%,.0f", figure).replace(',', ' ');
            }
            if (size >= 10) {
                return String.format(Locale.ROOT, "%.1f", figure);
            }
            return size < 0.005 ? "0" : String.format(Locale.ROOT, "%.2f", figure);
        }
    }
}
