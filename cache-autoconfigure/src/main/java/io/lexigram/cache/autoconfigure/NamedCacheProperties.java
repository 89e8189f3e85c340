package io.lexigram.cache.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The policy of one named cache, {@code lexigram.cache.caches.<name>.*}. It goes before what the code says of the cache.
 *
 * @param backend Name of the backend. By default the default backend.
 * @param ttl Lifetime of an entry. By default the one of the backend, else 5 minutes.
 * @param eternal Whether entries never expire by time.
 * @param nullTtl Lifetime of a cached null. By default that of other values.
 * @param cacheNulls Whether to store a null that a loader returns.
 * @param jitter Part of each lifetime that is given up at random so that entries do not expire together, from 0 to 1.
 * @param maxEntries Number of entries that a backend in memory holds for this cache. By default the one of the backend.
 * @param tags Tags that every entry carries.
 * @param codec Name of the codec for values on remote backends. By default the one of the service.
 * @param schemaVersion Version of the values' shape. Entries of another version are not read.
 * @param failOpen Whether to keep faults of this cache from callers. By default what the service says.
 * @param accessTracking Whether to note reads in the entries.
 * @param sensitive Whether to mask keys in log lines and exceptions.
 * @param sliding Whether a hit makes an entry live for another pointer-ttl, but never past its ttl.
 * @param pointerTtl Time that an entry of a sliding cache lives without a hit. By default 60 seconds.
 * @param ageTtl Lifetimes by the age of values.
 * @param failSafe Expired values instead of failures of loads.
 * @param loadTimeout Time to wait for a load.
 * @param refreshAhead Loads before the end of life.
 */
@ConfigurationPropertiesSource
public record NamedCacheProperties(
        @Nullable String backend,
        @Nullable Duration ttl,
        @Nullable Boolean eternal,
        @Nullable Duration nullTtl,
        @Nullable Boolean cacheNulls,
        @Nullable Double jitter,
        @Nullable Long maxEntries,
        @DefaultValue List<String> tags,
        @Nullable String codec,
        @Nullable String schemaVersion,
        @Nullable Boolean failOpen,
        @Nullable Boolean accessTracking,
        @Nullable Boolean sensitive,
        @Nullable Boolean sliding,
        @Nullable Duration pointerTtl,
        @Nullable AgeTtl ageTtl,
        @Nullable FailSafe failSafe,
        @Nullable LoadTimeout loadTimeout,
        @Nullable RefreshAhead refreshAhead) {

    /**
     * Lifetimes by the age of values, as far as loads and writes say when the value last changed.
     *
     * @param enabled Whether the age of a value decides its lifetime.
     * @param alpha Lifetime as a part of the age.
     * @param min Shortest lifetime.
     * @param max Longest lifetime.
     */
    public record AgeTtl(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("0.1") double alpha,
            @DefaultValue("30s") Duration min,
            @DefaultValue("1h") Duration max) {}

    /**
     * Expired values that stand in for those that cannot be loaded.
     *
     * @param enabled Whether to serve an expired value when its load fails.
     * @param window Time after its end of life for which a value can be served.
     * @param throttle Time after a failed load until the next one is tried. Zero tries at each call.
     */
    public record FailSafe(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("1d") Duration window,
            @DefaultValue("30s") Duration throttle) {}

    /**
     * How long callers wait for a load.
     *
     * @param soft Time after which a caller gets the stale value if there is one. By default it waits.
     * @param hard Time after which a caller gets a failure. By default it waits.
     */
    public record LoadTimeout(
            @Nullable Duration soft, @Nullable Duration hard) {}

    /**
     * Loads at random before the end of life, the likelier the nearer it is and the longer the load took.
     *
     * @param enabled Whether to load values anew before they expire.
     * @param beta Weight of the duration of a load. A greater number refreshes earlier.
     */
    public record RefreshAhead(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("1.0") double beta) {}
}
