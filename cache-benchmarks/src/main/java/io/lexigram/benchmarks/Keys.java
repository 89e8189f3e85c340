package io.lexigram.benchmarks;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The keys that are read, one after the other; each thread begins elsewhere. */
@State(Scope.Thread)
public class Keys {

    /** How many there are, a power of two. */
    public static final int COUNT = 1024;

    private static final String[] ALL =
            IntStream.range(0, COUNT).mapToObj(i -> "product-" + (1_000 + i)).toArray(String[]::new);

    private int next = ThreadLocalRandom.current().nextInt(COUNT);

    public static List<String> all() {
        return List.of(ALL);
    }

    /** The next key, the same object each time round. */
    public String next() {
        return ALL[next++ & (COUNT - 1)];
    }

    /** The next {@code size} keys. */
    public List<String> next(int size) {
        int from = (next += size) & (COUNT - 1);
        return from + size <= COUNT ? List.of(ALL).subList(from, from + size) : next(size);
    }
}
