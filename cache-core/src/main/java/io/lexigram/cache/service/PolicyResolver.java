package io.lexigram.cache.service;

import io.lexigram.cache.AgeTtl;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CacheSpec.Feature;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.RefreshAhead;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lays configuration, spec, backend and defaults over each other: what comes first and is set wins. */
final class PolicyResolver {

    private static final Duration DEFAULT_TTL = Duration.ofMinutes(5);
    private static final Duration DEFAULT_POINTER_TTL = Duration.ofSeconds(60);
    private static final double DEFAULT_JITTER = 0.1;

    private final Map<String, CacheSpec<?>> configured;
    private final Map<String, Duration> backendTtls;
    private final Set<String> backends;
    private final Set<String> codecs;
    private final String defaultBackend;
    private final String defaultCodec;
    private final boolean failOpen;

    PolicyResolver(
            Map<String, CacheSpec<?>> configured,
            Map<String, Duration> backendTtls,
            Set<String> backends,
            Set<String> codecs,
            String defaultBackend,
            String defaultCodec,
            boolean failOpen) {
        this.configured = Map.copyOf(configured);
        this.backendTtls = Map.copyOf(backendTtls);
        this.backends = backends;
        this.codecs = codecs;
        this.defaultBackend = defaultBackend;
        this.defaultCodec = defaultCodec;
        this.failOpen = failOpen;
    }

    Set<String> configuredNames() {
        return configured.keySet();
    }

    /**
     * The policy of a spec.
     *
     * @param backend the backend of this call, which goes before everything
     */
    CachePolicy resolve(CacheSpec<?> spec, @Nullable String backend) {
        CacheSpec<?> over = configured.getOrDefault(spec.name(), spec);
        String name = backend != null ? backend : or(over, spec, CacheSpec::backend, defaultBackend);
        known("backend", spec.name(), name, backends);
        String codec = or(over, spec, CacheSpec::codec, defaultCodec);
        known("codec", spec.name(), codec, codecs);
        Duration ttl = ttl(over, spec, name);
        boolean cacheNulls = or(over, spec, CacheSpec::cacheNulls, true);
        Duration nullTtl = over.nullTtl() != null ? over.nullTtl() : spec.nullTtl() != null ? spec.nullTtl() : ttl;
        return new CachePolicy(
                name,
                ttl,
                cacheNulls,
                nullTtl,
                or(over, spec, CacheSpec::jitter, DEFAULT_JITTER),
                over.maxEntries() != null ? over.maxEntries() : spec.maxEntries(),
                over.tags().isEmpty() ? spec.tags() : over.tags(),
                codec,
                or(over, spec, CacheSpec::schemaVersion, ""),
                or(over, spec, CacheSpec::failOpen, failOpen),
                or(over, spec, CacheSpec::accessTracking, false),
                or(over, spec, CacheSpec::sensitive, false),
                or(over, spec, CacheSpec::sliding, false),
                or(over, spec, CacheSpec::pointerTtl, DEFAULT_POINTER_TTL),
                or(over, spec, CacheSpec::ageTtl, Feature.<AgeTtl>off()).settings(),
                or(over, spec, CacheSpec::failSafe, Feature.<FailSafe>off()).settings(),
                over.loadTimeout() != null ? over.loadTimeout() : spec.loadTimeout(),
                or(over, spec, CacheSpec::refreshAhead, Feature.<RefreshAhead>off())
                        .settings());
    }

    private @Nullable Duration ttl(CacheSpec<?> over, CacheSpec<?> spec, String backend) {
        for (CacheSpec<?> layer : new CacheSpec<?>[] {over, spec}) {
            if (Boolean.TRUE.equals(layer.eternal())) {
                return null;
            }
            if (layer.ttl() != null) {
                return layer.ttl();
            }
        }
        return backendTtls.getOrDefault(backend, DEFAULT_TTL);
    }

    private static <T> T or(
            CacheSpec<?> over, CacheSpec<?> spec, Function<CacheSpec<?>, @Nullable T> setting, T fallback) {
        T first = setting.apply(over);
        if (first != null) {
            return first;
        }
        T second = setting.apply(spec);
        return second != null ? second : fallback;
    }

    private static void known(String what, String cache, String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new CacheConfigurationException(
                    "lexigram.cache.caches." + cache + "." + what,
                    name,
                    "there is no such " + what + "; use one of "
                            + names.stream().sorted().toList());
        }
    }
}
