package io.lexigram.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes an operation allocates on the thread that runs it. Measured in a JVM of its own whose compiler leaves no
 * allocation out: what is found to allocate nothing does so whatever the rest of an application makes of it.
 */
public final class Allocation {

    private static final int RUNS = 20_000;
    private static final int ROUNDS = 20;
    private static final String MARK = "allocated ";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** What the main method of this class reports, by name. */
    public static Map<String, Double> reportedBy(Class<?> main) throws IOException, InterruptedException {
        Process jvm = TestJvm.running(main, List.of()).start();
        Map<String, Double> bytes = new HashMap<>();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = jvm.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith(MARK)) {
                    String[] words = line.substring(MARK.length()).split("=", 2);
                    bytes.put(words[0], Double.valueOf(words[1]));
                }
            }
        } finally {
            jvm.destroy();
        }
        assertThat(jvm.waitFor()).as(output::toString).isZero();
        return bytes;
    }

    /**
     * Measures an operation and reports it: the bytes of one run, in the round that allocated least. Classes are initialized in
     * the first one, and any may be the one in which a cache tidies up.
     *
     * @param operation given the number of the run in its round
     */
    public static void report(String name, IntFunction<@Nullable Object> operation) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            least = Math.min(least, bytesOfRound(operation));
        }
        System.out.println(MARK + name + "=" + (double) least / RUNS);
    }

    private static long bytesOfRound(IntFunction<@Nullable Object> operation) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int run = 0; run < RUNS; run++) {
            Object unused = operation.apply(run);
        }
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
