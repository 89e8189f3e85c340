package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.AsyncCache;
import io.lexigram.cache.AsyncCacheService;
import io.lexigram.cache.AsyncVersionedCache;
import io.lexigram.cache.AsyncVersionedCacheService;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheVersionException;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.Result;
import io.lexigram.cache.ResultCache;
import io.lexigram.cache.ResultCacheService;
import io.lexigram.cache.ResultVersionedCache;
import io.lexigram.cache.ResultVersionedCacheService;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The views on results and stages do what the operations do, and say what went wrong in their own way. */
abstract class ViewContract extends Laws {

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final CacheKey KEY = CacheKey.of("k").in("texts");

    @BeforeEach
    void everyOperationIsThere() {
        needs(Capability.KEY_SCAN, Capability.TAGS, Capability.COUNTERS);
    }

    @Test
    void results_of_a_cache_are_its_answers() {
        ResultCache<String> results = texts.results();

        assertThat(results.get("k")).isEqualTo(Result.success(null));
        assertThat(results.put("k", "v")).isEqualTo(Result.success(null));
        assertThat(texts.get("k")).isEqualTo("v");
        assertThat(results.get("k")).isEqualTo(Result.success("v"));
        assertThat(results.lookup("k")).isEqualTo(Result.success(new Lookup.Hit<>("v")));
        assertThat(results.lookup("absent")).isEqualTo(Result.success(new Lookup.Miss<>()));
        assertThat(results.getEntry("k").orElseThrow().value()).isEqualTo("v");
        assertThat(results.getEntry("absent")).isEqualTo(Result.success(null));
        assertThat(results.putIfAbsent("k", "other")).isEqualTo(Result.success(false));
        assertThat(results.putMany(Map.of("a", "va", "b", "vb", "c", "vc"), DEFAULTS.tags("red")))
                .isEqualTo(Result.success(null));
        assertThat(results.getMany(List.of("b", "x")).orElseThrow().found()).containsExactly(Map.entry("b", "vb"));
        assertThat(results.exists("a")).isEqualTo(Result.success(true));
        assertThat(results.keys("[ab]").orElseThrow()).containsExactlyInAnyOrder("a", "b");
        assertThat(results.expire("a", Duration.ofHours(1))).isEqualTo(Result.success(true));
        assertThat(results.ttl("a").orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
        assertThat(results.ttl("absent")).isEqualTo(Result.success(null));
        assertThat(results.delete("k")).isEqualTo(Result.success(true));
        assertThat(results.deleteMany(List.of("a", "k"))).isEqualTo(Result.success(1L));
        assertThat(results.deletePattern("b*")).isEqualTo(Result.success(1L));
        assertThat(results.invalidateTags("red")).isEqualTo(Result.success(1L));
        texts.put("d", "v");
        assertThat(results.clear()).isEqualTo(Result.success(1L));
        assertThat(texts.exists("d")).isFalse();
        assertThat(results.increment("n", 5)).isEqualTo(Result.success(5L));
        assertThat(results.decrement("n", 2)).isEqualTo(Result.success(3L));
    }

    @Test
    void stages_of_a_cache_come_to_its_answers() {
        AsyncCache<String> async = texts.async();

        assertThat(done(async.get("k"))).isNull();
        done(async.put("k", "v"));
        assertThat(texts.get("k")).isEqualTo("v");
        assertThat(done(async.get("k"))).isEqualTo("v");
        assertThat(done(async.lookup("k"))).isEqualTo(new Lookup.Hit<>("v"));
        assertThat(done(async.getEntry("k")).orElseThrow().value()).isEqualTo("v");
        assertThat(done(async.get("k", context -> CompletableFuture.completedFuture("loaded"))))
                .isEqualTo("v");
        assertThat(done(async.get("l", context -> CompletableFuture.completedFuture("loaded"))))
                .isEqualTo("loaded");
        assertThat(done(async.putIfAbsent("k", "other"))).isFalse();
        done(async.putMany(Map.of("a", "va", "b", "vb", "c", "vc"), DEFAULTS.tags("red")));
        assertThat(done(async.getMany(List.of("b", "x"))).found()).containsExactly(Map.entry("b", "vb"));
        assertThat(done(async.exists("a"))).isTrue();
        assertThat(done(async.expire("a", Duration.ofHours(1)))).isTrue();
        assertThat(done(async.ttl("a")).orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
        try (Reservation<String> reservation = done(async.reserve("r"))) {
            assertThat(reservation.put("vr", DEFAULTS)).isTrue();
        }
        assertThat(done(async.delete("r"))).isTrue();
        assertThat(done(async.delete("k"))).isTrue();
        assertThat(done(async.deleteMany(List.of("a", "k")))).isEqualTo(1);
        assertThat(done(async.deletePattern("b*"))).isEqualTo(1);
        assertThat(done(async.invalidateTags("red"))).isEqualTo(1);
        texts.put("d", "v");
        assertThat(done(async.clear())).isPositive();
        assertThat(texts.exists("d")).isFalse();
        assertThat(done(async.increment("n", 5))).isEqualTo(5);
        assertThat(done(async.decrement("n", 2))).isEqualTo(3);
    }

    @Test
    void results_by_version_are_the_answers_by_version() {
        needs(Capability.VERSIONS);
        ResultVersionedCache<String> results = texts.versioned().results();

        assertThat(results.set("k", "1", "one")).isEqualTo(Result.success(true));
        assertThat(results.setMany(Map.of(VersionedKey.of("k2", "1"), "uno"))).isEqualTo(Result.success(1L));
        assertThat(results.get("k")).isEqualTo(Result.success("one"));
        assertThat(results.get("k", "1")).isEqualTo(Result.success("one"));
        assertThat(results.get("k", "2")).isEqualTo(Result.success(null));
        assertThat(results.lookup("k", "1")).isEqualTo(Result.success(new Lookup.Hit<>("one")));
        assertThat(texts.versioned().ordered().results().set("k", "0", "zero")).isEqualTo(Result.success(false));
        assertThat(results.delete("k", false)).isEqualTo(Result.success(true));
        assertThat(results.get("k", "1")).isEqualTo(Result.success("one"));
        assertThat(results.deleteMany(List.of("k", "k2"), true)).isEqualTo(Result.success(1L));
        assertThat(texts.versioned().get("k", "1")).isNull();

        assertFailure(() -> results.get("\n"), CacheKeyException.class);
        assertFailure(() -> results.lookup("k", ""), CacheVersionException.class);
        assertFailure(() -> results.set("k", "", "v"), CacheVersionException.class);
        assertFailure(() -> results.deleteMany(List.of("\n"), true), CacheKeyException.class);
        assertFailure(() -> texts.versioned().ordered().results().set("k", "latest", "v"), CacheVersionException.class);
    }

    @Test
    void stages_by_version_come_to_the_answers_by_version() {
        needs(Capability.VERSIONS);
        AsyncVersionedCache<String> async = texts.versioned().async();

        assertThat(done(async.set("k", "1", "one"))).isTrue();
        assertThat(done(async.setMany(Map.of(VersionedKey.of("k2", "1"), "uno"))))
                .isEqualTo(1);
        assertThat(done(async.get("k"))).isEqualTo("one");
        assertThat(done(async.get("k", "1"))).isEqualTo("one");
        assertThat(done(async.lookup("k", "2"))).isEqualTo(new Lookup.Miss<>());
        assertThat(done(texts.versioned().ordered().async().set("k", "0", "zero")))
                .isFalse();
        assertThat(done(async.delete("k", false))).isTrue();
        assertThat(done(async.get("k", "1"))).isEqualTo("one");
        assertThat(done(async.deleteMany(List.of("k", "k2"), true))).isEqualTo(1);
        assertThat(texts.versioned().get("k", "1")).isNull();
    }

    @Test
    void views_of_the_service_by_version_come_to_its_answers() {
        needs(Capability.VERSIONS);
        ResultVersionedCacheService results = service.versioned().results();
        AsyncVersionedCacheService async = service.versioned().async();
        CacheKey other = CacheKey.of("o").in("others").tagged("red");

        assertThat(results.set(KEY, "1", "one")).isEqualTo(Result.success(true));
        assertThat(done(async.set(other, "1", "uno"))).isTrue();
        assertThat(service.getEntry(other, TEXT).orElseThrow().tags()).containsExactly("red");
        assertThat(results.get(other, String.class)).isEqualTo(Result.success("uno"));
        assertThat(done(async.get(KEY, String.class))).isEqualTo("one");
        Map<VersionedKey<CacheKey>, String> both =
                Map.of(VersionedKey.of(KEY, "2"), "two", VersionedKey.of(other, "2"), "due");
        assertThat(results.setMany(both, DEFAULTS)).isEqualTo(Result.success(2L));
        assertThat(done(async.setMany(both, DEFAULTS))).isEqualTo(2);
        assertThat(results.get(KEY, "1", String.class)).isEqualTo(Result.success("one"));
        assertThat(done(async.get(other, "2", String.class))).isEqualTo("due");
        assertThat(done(service.versioned().ordered().async().set(KEY, "1", "one")))
                .isFalse();
        assertThat(results.delete(KEY, false)).isEqualTo(Result.success(true));
        assertThat(done(async.delete(other, true))).isTrue();
        assertThat(results.deleteMany(List.of(KEY, other), false)).isEqualTo(Result.success(0L));
        assertThat(done(async.deleteMany(List.of(KEY, other), true))).isZero();
        assertThat(service.versioned().get(KEY, "1", String.class)).isNull();
    }

    @Test
    void results_of_the_service_are_its_answers() {
        ResultCacheService results = service.results();
        CacheKey other = CacheKey.of("o").in("others").tagged("red");

        assertThat(results.get(KEY, String.class)).isEqualTo(Result.success(null));
        assertThat(results.put(KEY, "v")).isEqualTo(Result.success(null));
        assertThat(results.get(KEY, TEXT)).isEqualTo(Result.success("v"));
        assertThat(results.lookup(KEY, TEXT)).isEqualTo(Result.success(new Lookup.Hit<>("v")));
        assertThat(results.putIfAbsent(KEY, "other", DEFAULTS)).isEqualTo(Result.success(false));
        assertThat(results.putMany(Map.of(other, "vo"), DEFAULTS)).isEqualTo(Result.success(null));
        assertThat(results.getMany(List.of(other, KEY), TEXT).orElseThrow().found())
                .containsExactly(Map.entry("others:o", "vo"), Map.entry("texts:k", "v"));
        assertThat(results.exists(other)).isEqualTo(Result.success(true));
        assertThat(results.expire(other, Duration.ofHours(1))).isEqualTo(Result.success(true));
        assertThat(results.ttl(other).orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
        assertThat(results.keys("*s:?").orElseThrow()).containsExactlyInAnyOrder(KEY, other);
        assertThat(results.delete(KEY)).isEqualTo(Result.success(true));
        assertThat(results.deleteMany(List.of(KEY))).isEqualTo(Result.success(0L));
        assertThat(results.invalidateTags("red")).isEqualTo(Result.success(1L));
        service.put(KEY, "v");
        assertThat(results.deletePattern("texts:*")).isEqualTo(Result.success(1L));
        service.put(KEY, "v");
        assertThat(results.deleteNamespace("texts")).isEqualTo(Result.success(1L));
        service.put(KEY, "v");
        assertThat(results.clear()).isEqualTo(Result.success(1L));
        assertThat(results.increment(KEY, 5)).isEqualTo(Result.success(5L));
        assertThat(results.decrement(KEY, 2)).isEqualTo(Result.success(3L));
        assertThat(results.ping()).isEqualTo(Result.success(true));
    }

    @Test
    void stages_of_the_service_come_to_its_answers() {
        AsyncCacheService async = service.async();
        CacheKey other = CacheKey.of("o").in("others").tagged("red");

        assertThat(done(async.get(KEY, TEXT))).isNull();
        done(async.put(KEY, "v", DEFAULTS));
        assertThat(done(async.get(KEY, TEXT))).isEqualTo("v");
        assertThat(done(async.lookup(KEY, TEXT))).isEqualTo(new Lookup.Hit<>("v"));
        assertThat(done(async.putIfAbsent(KEY, "other", DEFAULTS))).isFalse();
        done(async.putMany(Map.of(other, "vo"), DEFAULTS));
        assertThat(done(async.getMany(List.of(other, KEY), TEXT)).found())
                .containsExactly(Map.entry("others:o", "vo"), Map.entry("texts:k", "v"));
        assertThat(done(async.exists(other))).isTrue();
        assertThat(done(async.expire(other, Duration.ofHours(1)))).isTrue();
        assertThat(done(async.ttl(other)).orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
        assertThat(done(async.delete(KEY))).isTrue();
        assertThat(done(async.deleteMany(List.of(KEY)))).isZero();
        assertThat(done(async.invalidateTags("red"))).isEqualTo(1);
        CacheKey tagged = CacheKey.of("loaded").in("texts").tagged("red");
        assertThat(done(async.get(tagged, TEXT, context -> CompletableFuture.completedFuture("v"), DEFAULTS)))
                .isEqualTo("v");
        service.put(KEY, "v");
        assertThat(done(async.deletePattern("texts:k"))).isEqualTo(1);
        service.put(KEY, "v");
        assertThat(done(async.deleteNamespace("texts"))).isPositive();
        service.put(KEY, "v");
        assertThat(done(async.clear())).isEqualTo(1);
        assertThat(done(async.increment(KEY, 5))).isEqualTo(5);
        assertThat(done(async.decrement(KEY, 2))).isEqualTo(3);
        assertThat(done(async.healthCheck(Duration.ofSeconds(5))).status()).isEqualTo(CacheHealth.Status.UP);
    }

    @Test
    void what_goes_wrong_is_a_failure_and_not_thrown() {
        announcedErrors = 5;
        Cache<Long> counts = cache("counts", Long.class);
        counts.put("value", 1L);
        counts.increment("full", Long.MAX_VALUE);

        assertFailure(() -> texts.results().get("\n"), CacheKeyException.class);
        assertFailure(() -> texts.results().lookup("\n"), CacheKeyException.class);
        assertFailure(() -> texts.results().deletePattern("["), CacheKeyException.class);
        assertFailure(() -> texts.results().expire("k", Duration.ZERO), IllegalArgumentException.class);
        assertFailure(() -> counts.results().increment("value", 1), RuntimeException.class);
        assertFailure(() -> counts.results().decrement("value", 1), RuntimeException.class);
        assertFailure(() -> counts.results().increment("full", 1), CacheCapacityException.class);
        assertFailure(() -> counts.results().decrement("full", Long.MIN_VALUE), CacheCapacityException.class);
        CacheKey value = CacheKey.of("value").in("counts");
        assertFailure(() -> service.results().increment(value, 1), RuntimeException.class);
        assertFailure(() -> service.results().decrement(value, 1), RuntimeException.class);
        assertFailure(() -> service.results().keys("["), CacheKeyException.class);
        assertThat(done(counts.async().increment("value", 1).exceptionally(failure -> -7L)))
                .isEqualTo(-7L);
        assertThat(counts.get("full")).isEqualTo(Long.MAX_VALUE);
    }

    private static void assertFailure(Supplier<Result<?>> operation, Class<? extends Throwable> cause) {
        Result<?> result = operation.get();
        assertThat(result).isInstanceOf(Result.Failure.class);
        Throwable failure = ((Result.Failure<?>) result).cause();
        assertThat(cause.isInstance(failure) || cause.isInstance(failure.getCause()))
                .as("%s is or wraps %s", failure, cause)
                .isTrue();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return Together.outcome(stage.toCompletableFuture());
    }
}
