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
        @Nullable Boolean sensitive) {}
