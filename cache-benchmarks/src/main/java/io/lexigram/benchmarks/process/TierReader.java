package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads blocks of a hundred keys, one block each millisecond where it can, and has another JVM write one key for each block.
 * Answers with nanoseconds per read: mean, median and 99th percentile of the blocks.
 */
final class TierReader {

    private static final int BLOCK = 100;
    private static final long PERIOD_NANOS = 1_000_000;

    private final ReadWrite cache;
    private final Keys keys = new Keys();

    private TierReader(ReadWrite cache) {
        this.cache = cache;
    }

    /** @param arguments the name of a cache, and how many blocks; a third of them before is not counted */
    public static void main(String[] arguments) throws Exception {
        ReadWrite cache = ReadWrite.named(arguments[0]);
        Keys.all().forEach(key -> cache.put(key, Product.of(key)));
        int blocks = Integer.parseInt(arguments[1]);
        try (ChildJvm writer = ChildJvm.start(TierWriter.class, List.of("-Xmx256m"), arguments[0])) {
            writer.answer();
            TierReader reader = new TierReader(cache);
            reader.read(blocks / 3, writer);
            long[] nanos = reader.read(blocks, writer);
            Arrays.sort(nanos);
            ChildJvm.say(Arrays.stream(nanos).average().orElseThrow() / BLOCK + " "
                    + (double) nanos[blocks / 2] / BLOCK + " "
                    + (double) nanos[(int) (blocks * 0.99)] / BLOCK);
        }
        System.exit(0);
    }

    private long[] read(int blocks, ChildJvm writer) {
        long[] nanos = new long[blocks];
        long next = System.nanoTime();
        for (int i = 0; i < blocks; i++) {
            long begin = System.nanoTime();
            for (int j = 0; j < BLOCK; j++) {
                Hit.required(cache.get(keys.next()));
            }
            long end = System.nanoTime();
            nanos[i] = end - begin;
            writer.order("");
            next = Math.max(next + PERIOD_NANOS, end);
            LockSupport.parkNanos(next - System.nanoTime());
        }
        return nanos;
    }
}
