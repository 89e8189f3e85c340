package io.lexigram.cache.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/** Round trips of PING in nanoseconds. */
record Pings(int count, long p50, long p99, long worst) {

    static Pings of(long[] nanos, int count) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0
                ? new Pings(0, 0, 0, 0)
                : new Pings(count, sorted[count / 2], sorted[(int) (count * 0.99)], sorted[count - 1]);
    }

    static Pings parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Pings(
                Integer.parseInt(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
    }

    String toLine() {
        return new StringJoiner(" ")
                .add(String.valueOf(count))
                .add(String.valueOf(p50))
                .add(String.valueOf(p99))
                .add(String.valueOf(worst))
                .toString();
    }

    /** p50, p99 and worst in milliseconds. */
    String inMillis() {
        return String.format(Locale.ROOT, "%.2f / %.2f / %.2f", p50 / 1e6, p99 / 1e6, worst / 1e6);
    }
}
