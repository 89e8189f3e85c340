package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.AgeTtl;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.RefreshAhead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The blocks of one cache's properties that switch a feature on with its parameters. */
final class CacheFeatures {

    private final String cache;

    CacheFeatures(String cache) {
        this.cache = cache;
    }

    void set(NamedCacheProperties properties, CacheSpec.Builder<?> spec) {
        if (properties.ageTtl() != null) {
            spec.ageTtl(ageTtl(properties.ageTtl()));
        }
        if (properties.failSafe() != null) {
            spec.failSafe(failSafe(properties.failSafe()));
        }
        if (properties.loadTimeout() != null) {
            loadTimeout(properties.loadTimeout(), spec);
        }
        if (properties.refreshAhead() != null) {
            spec.refreshAhead(refreshAhead(properties.refreshAhead()));
        }
    }

    private @Nullable AgeTtl ageTtl(NamedCacheProperties.AgeTtl block) {
        aboveZero(
                "age-ttl.alpha",
                block.alpha(),
                "Write the lifetime as a part of the age: 0.1 lives for a tenth of it.");
        longerThanZero("age-ttl.min", block.min(), "Write the shortest lifetime, such as 30s.");
        if (block.max().compareTo(block.min()) < 0) {
            throw refused(
                    "age-ttl.max",
                    block.max(),
                    "it is shorter than min, which is " + block.min(),
                    "Write a longer max or a shorter min.");
        }
        return block.enabled() ? new AgeTtl(block.alpha(), block.min(), block.max()) : null;
    }

    private @Nullable FailSafe failSafe(NamedCacheProperties.FailSafe block) {
        longerThanZero(
                "fail-safe.window",
                block.window(),
                "Write a duration such as 1d, or fail-safe.enabled: false for none.");
        if (block.throttle().isNegative()) {
            throw refused(
                    "fail-safe.throttle",
                    block.throttle(),
                    "it must not be negative",
                    "Write a duration such as 30s, or 0s for a load at each call.");
        }
        return block.enabled() ? new FailSafe(block.window(), block.throttle()) : null;
    }

    private void loadTimeout(NamedCacheProperties.LoadTimeout block, CacheSpec.Builder<?> spec) {
        Duration soft = block.soft();
        Duration hard = block.hard();
        longerThanZero("load-timeout.soft", soft, "Write a duration such as 100ms, or remove it to wait.");
        longerThanZero("load-timeout.hard", hard, "Write a duration such as 2s, or remove it to wait.");
        if (soft != null && hard != null && soft.compareTo(hard) >= 0) {
            throw refused(
                    "load-timeout.soft",
                    soft,
                    "it is not shorter than hard, which is " + hard,
                    "Write a shorter soft or a longer hard.");
        }
        if (soft != null || hard != null) {
            spec.loadTimeout(new LoadTimeout(soft, hard));
        }
    }

    private @Nullable RefreshAhead refreshAhead(NamedCacheProperties.RefreshAhead block) {
        aboveZero("refresh-ahead.beta", block.beta(), "Write 1.0, or a greater number to refresh earlier.");
        return block.enabled() ? new RefreshAhead(block.beta()) : null;
    }

    private void aboveZero(String property, double value, String fix) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw refused(property, value, "it must be a number above 0", fix);
        }
    }

    private void longerThanZero(String property, @Nullable Duration value, String fix) {
        CachePolicies.longerThanZero(SettingName.of("caches", cache, property), value, fix);
    }

    private CacheSettingException refused(String property, Object value, String problem, String fix) {
        return new CacheSettingException(SettingName.of("caches", cache, property), value, problem, fix);
    }
}
