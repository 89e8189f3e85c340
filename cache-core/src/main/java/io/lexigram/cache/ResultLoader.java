package io.lexigram.cache;

/** Computes a missing value and says so as a value: a success is stored, a failure is not. */
@FunctionalInterface
public interface ResultLoader<V> {

    Result<? extends V> load();
}
