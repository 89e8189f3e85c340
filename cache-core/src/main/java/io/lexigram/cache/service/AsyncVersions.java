package io.lexigram.cache.service;

import io.lexigram.cache.AsyncVersionedCache;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.VersionedKey;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The operations by version as stages. */
record AsyncVersions<V>(VersionedCache<V> versions, Stages stages) implements AsyncVersionedCache<V> {

    @Override
    public CompletionStage<@Nullable V> get(String key) {
        return stages.of(() -> versions.get(key));
    }

    @Override
    public CompletionStage<@Nullable V> get(String key, String version) {
        return stages.of(() -> versions.get(key, version));
    }

    @Override
    public CompletionStage<Lookup<V>> lookup(String key, String version) {
        return stages.of(() -> versions.lookup(key, version));
    }

    @Override
    public CompletionStage<Boolean> set(String key, String version, @Nullable V value, CallOptions options) {
        return stages.of(() -> versions.set(key, version, value, options));
    }

    @Override
    public CompletionStage<Long> setMany(Map<VersionedKey<String>, ? extends @Nullable V> values, CallOptions options) {
        return stages.of(() -> versions.setMany(values, options));
    }

    @Override
    public CompletionStage<Boolean> delete(String key, boolean hard) {
        return stages.of(() -> versions.delete(key, hard));
    }

    @Override
    public CompletionStage<Long> deleteMany(Collection<String> keys, boolean hard) {
        return stages.of(() -> versions.deleteMany(keys, hard));
    }
}
