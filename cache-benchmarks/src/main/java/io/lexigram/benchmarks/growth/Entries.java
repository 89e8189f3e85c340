package io.lexigram.benchmarks.growth;

import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How many entries a cache holds, and a key of one of them, drawn at random. */
@State(Scope.Benchmark)
public class Entries {

    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int entries;

    private String[] keys = {};
    private long random = 42;

    /** All keys. */
    public String[] keys() {
        if (keys.length == 0) {
            keys = IntStream.range(0, entries).mapToObj(i -> "product-" + i).toArray(String[]::new);
        }
        return keys;
    }

    /** The key of one entry; for one thread. */
    public String next() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return keys[(int) Long.remainderUnsigned(random, keys.length)];
    }
}
