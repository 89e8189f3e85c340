package io.lexigram.cache;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The operations of a {@link VersionedCache} without waiting; see {@link AsyncCache}. */
public interface AsyncVersionedCache<V> {

    CompletionStage<@Nullable V> get(String key);

    CompletionStage<@Nullable V> get(String key, String version);

    CompletionStage<Lookup<V>> lookup(String key, String version);

    default CompletionStage<Boolean> set(String key, String version, @Nullable V value) {
        return set(key, version, value, CallOptions.NONE);
    }

    CompletionStage<Boolean> set(String key, String version, @Nullable V value, CallOptions options);

    default CompletionStage<Long> setMany(Map<VersionedKey<String>, ? extends @Nullable V> values) {
        return setMany(values, CallOptions.NONE);
    }

    CompletionStage<Long> setMany(Map<VersionedKey<String>, ? extends @Nullable V> values, CallOptions options);

    CompletionStage<Boolean> delete(String key, boolean hard);

    CompletionStage<Long> deleteMany(Collection<String> keys, boolean hard);
}
