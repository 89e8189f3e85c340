package io.lexigram.cache;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a {@link VersionedCache} with faults as values: a version or key that cannot be one, and a backend that
 * keeps no versions, are failures too. An absent value is a success with null.
 */
public interface ResultVersionedCache<V> {

    Result<V> get(String key);

    Result<V> get(String key, String version);

    Result<Lookup<V>> lookup(String key, String version);

    default Result<Boolean> set(String key, String version, @Nullable V value) {
        return set(key, version, value, CallOptions.NONE);
    }

    Result<Boolean> set(String key, String version, @Nullable V value, CallOptions options);

    default Result<Long> setMany(Map<VersionedKey<String>, ? extends @Nullable V> values) {
        return setMany(values, CallOptions.NONE);
    }

    Result<Long> setMany(Map<VersionedKey<String>, ? extends @Nullable V> values, CallOptions options);

    Result<Boolean> delete(String key, boolean hard);

    Result<Long> deleteMany(Collection<String> keys, boolean hard);
}
