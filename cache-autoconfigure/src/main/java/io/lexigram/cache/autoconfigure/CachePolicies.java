package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns {@code lexigram.cache.caches.*} into policies, and refuses what cannot be meant. */
final class CachePolicies {

    private final Set<String> backends;
    private final Set<String> codecs;

    /** Policies may name these backends and codecs. */
    CachePolicies(Set<String> backends, Set<String> codecs) {
        this.backends = backends;
        this.codecs = codecs;
    }

    List<CacheSpec<?>> of(Map<String, NamedCacheProperties> caches) {
        return caches.entrySet().stream()
                .<CacheSpec<?>>map(cache -> of(cache.getKey(), cache.getValue()))
                .toList();
    }

    private CacheSpec<Object> of(String name, NamedCacheProperties cache) {
        check(name, cache);
        CacheSpec.Builder<Object> spec = builder(name);
        set(cache.backend(), spec::backend);
        set(cache.ttl(), spec::ttl);
        if (Boolean.TRUE.equals(cache.eternal())) {
            spec.eternal();
        }
        set(cache.nullTtl(), spec::nullTtl);
        set(cache.cacheNulls(), spec::cacheNulls);
        set(cache.jitter(), spec::jitter);
        set(cache.maxEntries(), spec::maxEntries);
        tags(name, cache, spec);
        set(cache.codec(), spec::codec);
        set(cache.schemaVersion(), spec::schemaVersion);
        set(cache.failOpen(), spec::failOpen);
        set(cache.accessTracking(), spec::accessTracking);
        set(cache.sensitive(), spec::sensitive);
        set(cache.sliding(), spec::sliding);
        set(cache.pointerTtl(), spec::pointerTtl);
        new CacheFeatures(name).set(cache, spec);
        return spec.build();
    }

    private void check(String name, NamedCacheProperties cache) {
        known(name, "backend", cache.backend(), backends);
        known(name, "codec", cache.codec(), codecs);
        lifetime(SettingName.of("caches", name, "ttl"), cache.ttl());
        lifetime(SettingName.of("caches", name, "null-ttl"), cache.nullTtl());
        longerThanZero(
                SettingName.of("caches", name, "pointer-ttl"),
                cache.pointerTtl(),
                "Write how long an entry lives without a hit, such as 60s.");
        if (cache.ttl() != null && Boolean.TRUE.equals(cache.eternal())) {
            throw refused(
                    name,
                    "ttl",
                    cache.ttl(),
                    "the cache is eternal as well",
                    "Remove either ttl or eternal: an eternal entry has no lifetime.");
        }
        Double jitter = cache.jitter();
        if (jitter != null && !(jitter >= 0 && jitter < 1)) {
            throw refused(
                    name,
                    "jitter",
                    jitter,
                    "it must be at least 0 and less than 1",
                    "Write the part of the lifetime to give up at random: 0.1 shortens it by up to 10%, 0 not at all.");
        }
        Long maxEntries = cache.maxEntries();
        if (maxEntries != null && maxEntries < 1) {
            throw refused(
                    name,
                    "max-entries",
                    maxEntries,
                    "it must be at least 1",
                    "Write a greater number, or remove it for the bound of the backend.");
        }
    }

    /** Refuses a lifetime of zero or less. */
    static void lifetime(String setting, @Nullable Duration ttl) {
        longerThanZero(setting, ttl, "Write a duration such as 10m, or eternal: true for entries that never expire.");
    }

    static void longerThanZero(String setting, @Nullable Duration duration, String fix) {
        if (duration != null && (duration.isZero() || duration.isNegative())) {
            throw new CacheSettingException(setting, duration, "it must be longer than zero", fix);
        }
    }

    private static void known(String cache, String what, @Nullable String name, Set<String> names) {
        if (name != null && !names.contains(name)) {
            List<String> sorted = names.stream().sorted().toList();
            throw refused(
                    cache, what, name, "there is no such " + what, "Use one of " + String.join(", ", sorted) + ".");
        }
    }

    private static CacheSpec.Builder<Object> builder(String name) {
        try {
            return CacheSpec.of(name, Object.class);
        } catch (CacheKeyException e) {
            throw new CacheSettingException(
                    SettingName.of("caches"),
                    name,
                    "no cache can have this name: " + e.getMessage(),
                    "Rename the cache.");
        }
    }

    private static void tags(String name, NamedCacheProperties cache, CacheSpec.Builder<Object> spec) {
        try {
            spec.tags(cache.tags().toArray(String[]::new));
        } catch (CacheKeyException e) {
            throw refused(
                    name,
                    "tags",
                    cache.tags(),
                    "one of them cannot be a tag: " + e.getMessage(),
                    "Rename or remove it.");
        }
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static CacheSettingException refused(
            String cache, String property, Object value, String problem, String fix) {
        return new CacheSettingException(SettingName.of("caches", cache, property), value, problem, fix);
    }
}
