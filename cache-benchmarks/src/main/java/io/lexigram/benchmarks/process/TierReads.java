package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.report.Sample;
import java.util.ArrayList;
import java.util.List;

/** Reads of a JVM while another one writes one key for each hundred of its reads. */
public final class TierReads {

    private static final List<String> CACHES = List.of("lexigram-tiered", "lexigram-redis", "redisson-local");

    private TierReads() {}

    /** @param blocks how many times a hundred reads */
    public static List<Sample> round(int round, int blocks) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (String cache : CACHES) {
            try (ChildJvm reader =
                    ChildJvm.start(TierReader.class, List.of("-Xmx512m"), cache, String.valueOf(blocks))) {
                String[] nanos = reader.answer().split(" ", -1);
                samples.add(new Sample("tiers." + cache, "mean", round, Double.parseDouble(nanos[0])));
                samples.add(new Sample("tiers." + cache, "p50", round, Double.parseDouble(nanos[1])));
                samples.add(new Sample("tiers." + cache, "p99", round, Double.parseDouble(nanos[2])));
            }
        }
        return samples;
    }
}
