package io.lexigram.benchmarks;

import org.jspecify.annotations.Nullable;

/** Ends a measurement of hits that is none. */
public final class Hit {

    private Hit() {}

    /** @return the value; throws where there is none */
    public static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A miss in a benchmark of hits");
        }
        return value;
    }
}
