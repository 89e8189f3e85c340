package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.BackendInfo;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheMetrics;
import io.lexigram.cache.CacheStats;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The façade reaches every entry by its key, and what it counts is what happened. */
abstract class ServiceContract extends Laws {

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    @Test
    void every_operation_of_a_key_is_that_of_its_cache() {
        CacheKey key = CacheKey.of("k").in("texts").tagged("red");

        service.put(key, "v", DEFAULTS.ttl(Duration.ofHours(1)).tags("blue"));

        assertThat(texts.get("k")).isEqualTo("v");
        assertThat(service.lookup(key, TEXT)).isEqualTo(new Lookup.Hit<>("v"));
        assertThat(service.exists(key)).isTrue();
        assertThat(service.getEntry(key, TEXT).orElseThrow().tags()).containsExactlyInAnyOrder("red", "blue");
        assertThat(service.ttl(key)).hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofMinutes(59)));
        assertThat(service.expire(key, Duration.ofMinutes(1))).isTrue();
        assertThat(service.ttl(key))
                .hasValueSatisfying(left -> assertThat(left).isLessThanOrEqualTo(Duration.ofMinutes(1)));
        assertThat(service.putIfAbsent(key, "other")).isFalse();
        service.invalidate(key);
        assertThat(texts.exists("k")).isFalse();
        assertThat(service.putIfAbsent(key, "other")).isTrue();
        assertThat(texts.get("k")).isEqualTo("other");
        assertThat(service.delete(key)).isTrue();
        assertThat(service.delete(key)).isFalse();
        assertThat(service.lookup(key, TEXT)).isEqualTo(new Lookup.Miss<>());
    }

    @Test
    void a_fallback_stands_for_absence_and_not_for_null() {
        CacheKey key = CacheKey.of("k").in("texts");

        assertThat(service.getOrDefault(key, String.class, "fallback")).isEqualTo("fallback");
        service.put(key, null);
        assertThat(service.getOrDefault(key, String.class, "fallback")).isNull();
        service.put(key, "v");
        assertThat(service.getOrDefault(key, String.class, "fallback")).isEqualTo("v");
    }

    @Test
    void caches_and_backends_are_known_by_name() {
        service.put(CacheKey.of("k").in("used"), "v");
        service.put(CacheKey.of("bare"), "v");

        assertThat(service.cacheNames()).contains("texts", "used", "_");
        assertThat(service.backends()).containsOnlyKeys("primary");
        BackendInfo info = service.backends().get("primary");
        assertThat(info.isDefault()).isTrue();
        assertThat(info.name()).isEqualTo("primary");
        assertThat(info.type()).isNotBlank();
    }

    @Test
    void a_cache_is_found_by_name_once_it_was_used() {
        assertThat(service.find("later")).isEmpty();
        service.put(CacheKey.of("k").in("later"), "v");
        service.put(CacheKey.of("bare"), "v");

        assertThat(service.find("later"))
                .hasValueSatisfying(found -> assertThat(found.get("k")).isEqualTo("v"));
        assertThat(service.find("_"))
                .hasValueSatisfying(found -> assertThat(found.get("bare")).isEqualTo("v"));
        assertThat(service.find("texts")).isPresent();
        assertThat(service.find("never")).isEmpty();
        assertThat(service.cacheNames()).doesNotContain("never");
    }

    @Test
    void a_backend_that_answers_is_healthy() {
        assertThat(service.ping()).isTrue();

        CacheHealth health = service.healthCheck(Duration.ofSeconds(5));

        assertThat(health.status()).isEqualTo(CacheHealth.Status.UP);
        assertThat(health.message()).isNull();
        assertThat(health.backends()).containsOnlyKeys("primary");
        assertThat(health.backends().get("primary").status()).isEqualTo(CacheHealth.Status.UP);
        assertThat(health.latency()).isNotNull().isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(service.on("primary").healthCheck(Duration.ofSeconds(5)).status())
                .isEqualTo(CacheHealth.Status.UP);
    }

    @Test
    void hits_misses_and_puts_are_counted_per_cache_and_together() {
        texts.put("k", "v");
        texts.putMany(Map.of("a", "v", "b", "v"));
        texts.putIfAbsent("k", "other");
        texts.putIfAbsent("new", "v");
        texts.get("k");
        texts.lookup("k");
        texts.inspect("absent");
        texts.getMany(List.of("a", "b", "x", "y"));
        texts.get("loaded", () -> "v");
        cache("other", String.class).get("absent");

        CacheStats stats = texts.stats();
        assertThat(stats.hits()).isEqualTo(4);
        assertThat(stats.misses()).isEqualTo(4);
        assertThat(stats.hitRate()).isEqualTo(0.5);
        assertThat(stats.puts()).isEqualTo(5);
        assertThat(stats.loads()).isEqualTo(1);
        assertThat(stats.loadFailures()).isZero();
        assertThat(service.stats().misses()).isEqualTo(5);
        assertThat(service.stats().hits()).isEqualTo(4);
    }

    @Test
    void looking_at_an_entry_is_neither_hit_nor_miss() {
        texts.put("k", "v");

        for (String key : List.of("k", "absent")) {
            texts.exists(key);
            texts.getEntry(key);
            texts.ttl(key);
            texts.expire(key, Duration.ofHours(1));
        }

        assertThat(texts.stats().hits()).isZero();
        assertThat(texts.stats().misses()).isZero();
        assertThat(texts.stats().hitRate()).isZero();
    }

    @Test
    void entries_are_counted_where_the_backend_can() {
        needs(Capability.ENTRY_COUNT);
        texts.putMany(Map.of("a", "v", "b", "v", "c", "v"));
        texts.delete("a");
        cache("other", String.class).put("k", "v");

        assertThat(texts.stats().totalEntries()).isEqualTo(2);
        assertThat(service.stats().totalEntries()).isEqualTo(3);
        assertThat(service.backends().get("primary").entries()).isEqualTo(3);
        assertThat(texts.stats().oldestEntry()).isNotNull();
    }

    @Test
    void metrics_tell_what_was_done_and_start_again() {
        texts.put("k", "v");
        texts.get("k");
        texts.get("absent");
        texts.delete("k");
        texts.exists("k");

        CacheMetrics metrics = service.metrics();
        assertThat(metrics.hits()).isEqualTo(1);
        assertThat(metrics.misses()).isEqualTo(1);
        assertThat(metrics.puts()).isEqualTo(1);
        assertThat(metrics.deletes()).isEqualTo(1);
        assertThat(metrics.errors()).isZero();
        assertThat(metrics.operations()).isEqualTo(5);
        assertThat(metrics.totalLatency()).isGreaterThanOrEqualTo(Duration.ZERO);

        service.resetMetrics();

        assertThat(service.metrics()).isEqualTo(new CacheMetrics(0, 0, 0, 0, 0, 0, 0, Duration.ZERO));
    }

    @Test
    void the_counters_of_one_cache_start_again_alone() {
        texts.get("absent");
        cache("other", String.class).get("absent");

        texts.resetStats();

        assertThat(texts.stats().misses()).isZero();
        assertThat(service.stats().misses()).isEqualTo(1);
    }

    @Test
    void cleaning_up_removes_nothing_that_lives() {
        texts.put("k", "v");

        assertThat(texts.cleanupExpired()).isZero();
        assertThat(service.cleanupExpired()).isZero();

        assertThat(texts.get("k")).isEqualTo("v");
    }
}
