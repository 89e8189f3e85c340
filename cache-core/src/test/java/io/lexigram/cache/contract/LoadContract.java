package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import io.lexigram.cache.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A missing value is loaded once for all who ask, stored as the load decides, and a failure is theirs to see. */
abstract class LoadContract extends Laws {

    @Test
    void a_missing_value_is_loaded_once_and_then_read() {
        AtomicInteger loads = new AtomicInteger();

        assertThat(texts.get("k", () -> "v" + loads.incrementAndGet())).isEqualTo("v1");
        assertThat(texts.get("k", () -> "v" + loads.incrementAndGet())).isEqualTo("v1");

        assertThat(texts.get("k")).isEqualTo("v1");
        assertThat(loads).hasValue(1);
        assertThat(texts.stats().loads()).isEqualTo(1);
    }

    @Test
    void a_null_that_was_loaded_is_stored() {
        AtomicInteger loads = new AtomicInteger();

        for (int i = 0; i < 2; i++) {
            assertThat(texts.<RuntimeException>get("k", () -> {
                        loads.incrementAndGet();
                        return null;
                    }))
                    .isNull();
        }

        assertThat(loads).hasValue(1);
        assertThat(texts.lookup("k")).isEqualTo(new Lookup.Hit<>(null));
    }

    @Test
    void what_a_loader_throws_reaches_its_caller_unchanged_and_is_not_stored() {
        IOException checked = new IOException("no database");
        IllegalStateException unchecked = new IllegalStateException("no table");

        assertThatThrownBy(() -> texts.get("k", () -> {
                    throw checked;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> texts.getAll(List.of("k", "k2"), missing -> {
                    throw unchecked;
                }))
                .isSameAs(unchecked);

        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.stats().loadFailures()).isEqualTo(2);
        assertThat(texts.get("k", () -> "loaded at last")).isEqualTo("loaded at last");
    }

    @Test
    void the_failure_of_an_asynchronous_load_reaches_its_caller_and_is_not_stored() {
        IOException failure = new IOException("no database");

        CompletableFuture<String> load = texts.async()
                .get("k", context -> CompletableFuture.failedFuture(failure))
                .toCompletableFuture();

        await("the end of the load").until(load::isDone);
        assertThatThrownBy(load::join).hasRootCause(failure);
        assertThat(texts.exists("k")).isFalse();
    }

    @Test
    void a_failure_result_is_never_stored() {
        Cache<Object> objects = cache("objects", Object.class);
        Result<Object> failure = Result.failure(new CacheException("failed"));
        CacheKey key = CacheKey.of("k").in("objects");

        objects.put("k", failure);
        service.put(key, failure);
        assertThat(objects.putIfAbsent("k", failure)).isFalse();
        objects.putMany(Map.of("k", failure));
        assertThat(objects.get("k", () -> failure)).isSameAs(failure);
        assertThat(objects.getAll(List.of("k"), missing -> Map.of("k", failure)))
                .containsEntry("k", failure);
        try (var reservation = objects.reserve("k")) {
            assertThat(reservation.put(failure, DEFAULTS)).isFalse();
        }

        assertThat(objects.exists("k")).isFalse();
        objects.put("k", "good");
        objects.put("k", failure);
        assertThat(objects.get("k")).isEqualTo("good");
    }

    @Test
    void a_loader_decides_lifetime_and_tags_and_knows_the_key() {
        String loaded = texts.get(
                "k",
                context -> {
                    context.ttl(Duration.ofHours(3)).tags("by-loader");
                    return context.key().fullKey();
                },
                DEFAULTS.ttl(Duration.ofMinutes(1)).tags("by-caller"));

        assertThat(loaded).isEqualTo("texts:k");
        assertThat(texts.ttl("k")).hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofHours(2)));
        assertThat(texts.getEntry("k").orElseThrow().tags()).containsExactlyInAnyOrder("by-loader", "by-caller");
    }

    @Test
    void a_loader_that_says_so_has_its_value_not_stored() {
        assertThat(texts.get("k", context -> {
                    context.doNotStore();
                    return "not stored";
                }))
                .isEqualTo("not stored");
        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.get("k", () -> "stored")).isEqualTo("stored");
        assertThat(texts.exists("k")).isTrue();
    }

    @Test
    void an_asynchronous_loader_decides_as_well() {
        Together.outcome(texts.async()
                .get(
                        "k",
                        context -> Together.begin(() -> {
                            context.ttl(Duration.ofHours(3)).tags("red");
                            return "v";
                        }),
                        DEFAULTS)
                .toCompletableFuture());

        await("the entry").until(() -> texts.exists("k"));
        assertThat(texts.ttl("k")).hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofHours(2)));
        assertThat(texts.getEntry("k").orElseThrow().tags()).containsExactly("red");
    }

    @Test
    void a_memoized_function_is_called_once_per_argument() {
        List<String> calls = new ArrayList<>();
        Function<String, String> memo = texts.memoize(key -> {
            calls.add(key);
            return key.isBlank() ? null : key.toUpperCase(Locale.ROOT);
        });

        assertThat(memo.apply("a")).isEqualTo("A");
        assertThat(memo.apply("a")).isEqualTo("A");
        assertThat(memo.apply(" ")).isNull();
        assertThat(memo.apply(" ")).isNull();
        assertThat(memo.apply("b")).isEqualTo("B");

        assertThat(calls).containsExactly("a", " ", "b");
        assertThat(texts.get("a")).isEqualTo("A");
    }

    @Test
    void the_service_loads_with_the_tags_of_the_key() {
        CacheKey key = CacheKey.of("k").in("texts").tagged("red");

        assertThat(service.get(key, String.class, () -> "v")).isEqualTo("v");
        assertThat(service.get(key, String.class, () -> "another")).isEqualTo("v");
        assertThat(service.<String, RuntimeException>get(
                        CacheKey.of("k2").in("texts"),
                        TypeRef.of(String.class),
                        () -> "v2",
                        DEFAULTS.ttl(Duration.ofHours(2))))
                .isEqualTo("v2");

        assertThat(texts.getEntry("k").orElseThrow().tags()).containsExactly("red");
        assertThat(texts.ttl("k2")).hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofHours(1)));
    }

    @Test
    void after_the_service_is_closed_a_load_still_answers() {
        CacheService closed = service(
                builder -> builder.backend("primary", fixture.open("closed")).failOpen(true));
        Cache<String> cache = closed.cache(CacheSpec.of("texts", String.class).build());

        closed.close();

        assertThat(cache.get("k", () -> "loaded")).isEqualTo("loaded");
        cache.put("k", "v");
        assertThat(cache.deleteMany(List.of("absent"))).isZero();
    }
}
