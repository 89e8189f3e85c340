package io.lexigram.cache.backend.memcached;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One command of the protocol and what its answer means, whatever sends it. */
sealed interface Request<T extends @Nullable Object> {

    /** The physical key as text. */
    String key();

    /** Takes an {@link Item}, a Boolean, a Long, or null. */
    Function<@Nullable Object, T> outcome();

    /** {@code gets}; null where there is nothing. */
    record Get(String key) implements Request<@Nullable Item> {

        @Override
        public Function<@Nullable Object, @Nullable Item> outcome() {
            return answer -> answer instanceof Item item ? item : null;
        }
    }

    /** How a write treats what is there. */
    enum Mode {
        SET,
        ADD,
        CAS
    }

    /**
     * {@code set}, {@code add} or {@code cas}; false where what is there kept it from being written.
     *
     * @param cas of the item that is to be replaced, where it goes by that
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Store(String key, Mode mode, long cas, byte[] value, Expiry expiry) implements Request<Boolean> {

        @Override
        public Function<@Nullable Object, Boolean> outcome() {
            return Boolean.TRUE::equals;
        }
    }

    /** False where there was nothing. */
    record Delete(String key) implements Request<Boolean> {

        @Override
        public Function<@Nullable Object, Boolean> outcome() {
            return Boolean.TRUE::equals;
        }
    }

    /** {@code incr}; null where there is nothing. */
    record Increment(String key, long by) implements Request<@Nullable Long> {

        @Override
        public Function<@Nullable Object, @Nullable Long> outcome() {
            return answer -> answer instanceof Long sum ? sum : null;
        }
    }
}
