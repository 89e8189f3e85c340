package io.lexigram.cache.backend.redis;

import java.util.List;
import java.util.stream.IntStream;

/** Long lists in pieces. */
final class Chunks {

    /** Keys or commands that are handed to the network at once. */
    static final int BATCH = 500;

    private Chunks() {}

    static <T> List<List<T>> of(List<T> all, int size) {
        return IntStream.range(0, (all.size() + size - 1) / size)
                .mapToObj(i -> all.subList(i * size, Math.min(all.size(), (i + 1) * size)))
                .toList();
    }
}
