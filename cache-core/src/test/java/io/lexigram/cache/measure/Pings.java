package io.lexigram.cache.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Round trips of PING in nanoseconds. */
public record Pings(long p50, long p99, long p999, long worst) {

    static Pings of(long[] nanos, int count) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0
                ? new Pings(0, 0, 0, 0)
                : new Pings(
                        sorted[count / 2],
                        sorted[(int) (count * 0.99)],
                        sorted[(int) (count * 0.999)],
                        sorted[count - 1]);
    }

    static Pings parse(String line) {
        long[] parts =
                Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Pings(parts[0], parts[1], parts[2], parts[3]);
    }

    String toLine() {
        return LongStream.of(p50, p99, p999, worst).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }

    /** p50, p99, p99.9 and worst in milliseconds. */
    String inMillis() {
        return DoubleStream.of(p50, p99, p999, worst)
                .mapToObj(nanos -> String.format(Locale.ROOT, "%.2f", nanos / 1e6))
                .collect(Collectors.joining(" / "));
    }
}
