package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.report.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** 200 threads that miss the same key at once; ours shares its loads between the JVMs they are in. */
public final class Stampede {

    static final long LOADER_MILLIS = 50;

    private static final int THREADS = 200;
    private static final int WARM_UPS = 5;
    private static final int MEASURED = 5;

    private static final List<String> IN_ONE_JVM = List.of(
            "lexigram-memory",
            "spring-caffeine",
            "spring-caffeine-sync",
            "spring-redis-sync",
            "spring-redis-locking",
            "jetcache-local",
            "jetcache-local-protected",
            "jetcache-redis-protected");
    private static final List<String> IN_THREE_JVMS = List.of("lexigram-redis", "lexigram-tiered");

    private Stampede() {}

    public static List<Sample> round(int round) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (String cache : IN_ONE_JVM) {
            samples.addAll(measure(cache, 1, round));
        }
        for (String cache : IN_THREE_JVMS) {
            samples.addAll(measure(cache, 3, round));
        }
        return samples;
    }

    static List<Sample> measure(String cache, int jvms, int round) throws Exception {
        List<ChildJvm> children = new ArrayList<>();
        try {
            for (int i = 0; i < jvms; i++) {
                int threads = (THREADS + i) / jvms;
                children.add(
                        ChildJvm.start(StampedeCallers.class, List.of("-Xmx512m"), cache, String.valueOf(threads)));
            }
            for (int i = 0; i < WARM_UPS; i++) {
                stampede(children);
            }
            long loads = 0;
            long[] waits = {};
            for (int i = 0; i < MEASURED; i++) {
                long[][] answers = stampede(children);
                loads = Math.max(
                        loads,
                        Arrays.stream(answers).mapToLong(answer -> answer[0]).sum());
                waits = LongStream.concat(
                                LongStream.of(waits),
                                Arrays.stream(answers).flatMapToLong(answer -> Arrays.stream(answer)
                                        .skip(1)))
                        .toArray();
            }
            return samples("stampede." + cache, round, loads, waits);
        } finally {
            children.forEach(ChildJvm::close);
        }
    }

    /** All callers of all JVMs ask for a new key. @return what each JVM answered */
    private static long[][] stampede(List<ChildJvm> children) throws Exception {
        String key = UUID.randomUUID().toString();
        children.forEach(child -> child.order(key));
        for (ChildJvm child : children) {
            child.answer();
        }
        children.forEach(child -> child.order("now"));
        long[][] answers = new long[children.size()][];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = Arrays.stream(children.get(i).answer().split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
        }
        return answers;
    }

    private static List<Sample> samples(String row, int round, long loads, long[] waits) {
        Arrays.sort(waits);
        double p99 = waits[(int) (waits.length * 0.99)] / 1e6;
        return List.of(
                new Sample(row, "loads", round, loads),
                new Sample(row, "p50", round, waits[waits.length / 2] / 1e6),
                new Sample(row, "p99", round, p99),
                new Sample(row, "max", round, waits[waits.length - 1] / 1e6),
                new Sample(row, "p99 / loader", round, p99 / LOADER_MILLIS));
    }
}
