package io.lexigram.cache;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link Cache} by version. A value that is set is found under its version for the lifetime of the cache's
 * entries, and under the key alone, as the current one, for the {@code pointerTtl} of the cache (60 s unless configured): so
 * often the application has to ask which version is the current one, while it need not make that version's value again.
 *
 * <p>Under the key alone there is one value, the one that was set or put last: {@code cache.put} replaces the current version,
 * and {@code set} replaces what was put. Neither comes back when the other's time is over.
 *
 * <p>The last version of a key is remembered for as long as its value, and after a removal of any kind for as long again; where
 * values live for ever, for a day after the removal. At most 100 versions of a key are kept. Faults are treated as
 * {@link Cache} describes. On a backend that keeps no versions every method but {@link #get(String)} throws
 * {@link UnsupportedOperationException}.
 */
public interface VersionedCache<V> {

    /** The current value, or what was put without version; null where there is neither, or it is null. */
    @Nullable
    V get(String key);

    /** The value of one version, current or not. @throws CacheVersionException when the version cannot be one */
    @Nullable
    V get(String key, String version);

    Lookup<V> lookup(String key, String version);

    /** As {@link #set(String, String, Object, CallOptions)} with the policy of the cache. */
    default boolean set(String key, String version, @Nullable V value) {
        return set(key, version, value, CallOptions.NONE);
    }

    /**
     * Stores the value of a version and makes it the current one. A lifetime in the options is that of both, the value and its
     * being the current one.
     *
     * @return whether it was stored
     * @throws CacheVersionException when the version cannot be one
     * @throws IllegalArgumentException when the value is a null that the cache does not keep: delete the key instead
     */
    boolean set(String key, String version, @Nullable V value, CallOptions options);

    /** As {@link #setMany(Map, CallOptions)} with the policy of the cache. */
    default long setMany(Map<VersionedKey<String>, ? extends @Nullable V> values) {
        return setMany(values, CallOptions.NONE);
    }

    /** As {@link #set}, for several in one round trip per shard, in the order of the map. @return how many were stored */
    long setMany(Map<VersionedKey<String>, ? extends @Nullable V> values, CallOptions options);

    /**
     * The same view, whose {@code set} refuses a version lower than the last one of the key, removed or not, and answers false.
     * Versions are whole numbers of 64 bits or ISO-8601 times (an instant, a time with offset, or a date or local time, which is
     * taken as UTC). Any other, or one of another kind than the last one, is refused with {@link CacheVersionException}; nothing is
     * stored then.
     */
    VersionedCache<V> ordered();

    /**
     * Removes what is found under the key alone.
     *
     * @param hard whether the values of all versions go too; else they stay to be found by version until their time is over.
     *     {@code cache.invalidate} and all other removals of the cache are hard
     * @return whether there was a live entry under the key alone
     */
    boolean delete(String key, boolean hard);

    /** As {@link #delete}, for several keys in one round trip per shard. @return how many had a live entry */
    long deleteMany(Collection<String> keys, boolean hard);

    /** The same operations with their faults as values. */
    ResultVersionedCache<V> results();

    /** The same operations without waiting. */
    AsyncVersionedCache<V> async();
}
