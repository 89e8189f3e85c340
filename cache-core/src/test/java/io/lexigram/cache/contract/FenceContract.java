package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Reservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was read before an invalidation is not stored after it, whoever loads and however it is invalidated. */
abstract class FenceContract extends Laws {

    @ParameterizedTest
    @EnumSource
    void a_load_that_was_overtaken_answers_its_caller_and_is_not_stored(Overtaking overtaking) {
        needs(overtaking.needed());

        String loaded = texts.get(
                "k",
                () -> {
                    overtake(overtaking);
                    return "old";
                },
                DEFAULTS.tags("red"));

        assertThat(loaded).isEqualTo("old");
        assertLeft(overtaking.left());
    }

    @ParameterizedTest
    @EnumSource
    void an_unprotected_load_that_was_overtaken_is_not_stored(Overtaking overtaking) {
        needs(overtaking.needed());

        texts.get(
                "k",
                () -> {
                    overtake(overtaking);
                    return "old";
                },
                DEFAULTS.tags("red").unprotected());

        assertLeft(overtaking.left());
    }

    @ParameterizedTest
    @EnumSource
    void an_asynchronous_load_that_was_overtaken_answers_its_caller_and_is_not_stored(Overtaking overtaking) {
        needs(overtaking.needed());
        CompletableFuture<String> source = new CompletableFuture<>();
        CountDownLatch loading = new CountDownLatch(1);
        CompletableFuture<String> load = texts.async()
                .get(
                        "k",
                        context -> {
                            loading.countDown();
                            return source;
                        },
                        DEFAULTS.tags("red"))
                .toCompletableFuture();
        Together.await(loading);

        overtake(overtaking);
        source.complete("old");

        assertThat(Together.outcome(load)).isEqualTo("old");
        assertLeft(overtaking.left());
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_load_that_was_overtaken_answers_its_caller_and_is_not_stored(Overtaking overtaking) {
        needs(overtaking.needed());

        Map<String, String> loaded = texts.getAll(
                List.of("k", "untouched"),
                missing -> {
                    overtake(overtaking);
                    return Map.of("k", "old");
                },
                DEFAULTS.tags("red"));

        assertThat(loaded).containsExactly(Map.entry("k", "old"));
        assertLeft(overtaking.left());
    }

    @ParameterizedTest
    @EnumSource
    void a_reservation_is_lost_when_it_was_overtaken(Overtaking overtaking) {
        needs(overtaking.needed());
        try (Reservation<String> reservation = texts.reserve("k")) {
            overtake(overtaking);

            assertThat(reservation.put("old", DEFAULTS.tags("red"))).isFalse();
        }
        assertLeft(overtaking.left());
    }

    @ParameterizedTest
    @EnumSource
    void a_reservation_that_nobody_waited_for_is_lost_when_it_was_overtaken(Overtaking overtaking) {
        needs(overtaking.needed());
        try (Reservation<String> reservation =
                Together.outcome(texts.async().reserve("k").toCompletableFuture())) {
            overtake(overtaking);

            assertThat(reservation.put("old", DEFAULTS.tags("red"))).isFalse();
        }
        assertLeft(overtaking.left());
    }

    private void overtake(Overtaking overtaking) {
        Together.elsewhere(() -> overtaking.run(service, texts));
    }

    private void assertLeft(@Nullable String value) {
        assertThat(texts.lookup("k")).isEqualTo(value == null ? new Lookup.Miss<>() : new Lookup.Hit<>(value));
    }

    @Test
    void a_tag_that_the_loader_names_after_it_was_invalidated_is_not_stored() {
        needs(Capability.TAGS);

        texts.get("k", context -> {
            Together.elsewhere(() -> texts.invalidateTags("red"));
            context.tags("red");
            return "old";
        });
        texts.get("k2", context -> {
            Together.elsewhere(() -> service.invalidateTags("green"));
            context.tags("green");
            return "old";
        });

        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.exists("k2")).isFalse();
    }

    @Test
    void a_load_that_nothing_overtook_is_stored_whatever_else_is_invalidated() {
        needs(Capability.TAGS, Capability.KEY_SCAN);
        Cache<String> other = cache("other", String.class);
        other.put("k", "v");

        texts.get(
                "k",
                () -> {
                    Together.elsewhere(() -> {
                        texts.delete("k2");
                        texts.deletePattern("k?");
                        texts.invalidateTags("green");
                        service.invalidateTags("green");
                        service.deletePattern("other:*");
                        service.deleteNamespace("tex");
                        service.delete(CacheKey.of("k"));
                        other.clear();
                        other.invalidateTags("red");
                        texts.put("k2", "v");
                        texts.expire("k", Duration.ofHours(1));
                    });
                    return "loaded";
                },
                DEFAULTS.tags("red"));

        assertThat(texts.get("k")).isEqualTo("loaded");
    }

    @Test
    void callers_who_come_after_an_invalidation_load_anew_and_their_value_stays() {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> before = Together.begin(() -> texts.get("k", () -> {
            loading.countDown();
            Together.await(release);
            return "old";
        }));
        Together.await(loading);
        CompletableFuture<String> waiting = Together.begin(() -> texts.get("k", () -> "of the waiter"));
        await("those who wait").until(() -> waiting.isDone() || texts.stats().coalesced() == 1);

        texts.invalidate("k");
        CompletableFuture<String> after = Together.begin(() -> texts.get("k", () -> "new"));

        assertThat(Together.outcome(after)).isEqualTo("new");
        release.countDown();
        assertThat(Together.outcome(before)).isEqualTo("old");
        assertThat(Together.outcome(waiting)).isEqualTo("old");
        assertThat(texts.get("k")).isEqualTo("new");
    }

    @Test
    void callers_who_come_after_a_tag_was_invalidated_load_anew() {
        needs(Capability.TAGS);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<String> before = Together.begin(() -> texts.get("k", context -> {
            loading.countDown();
            Together.await(release);
            context.tags("red");
            return "old";
        }));
        Together.await(loading);

        texts.invalidateTags("red");
        CompletableFuture<String> after = Together.begin(() -> texts.get("k", () -> "new", DEFAULTS.tags("red")));

        assertThat(Together.outcome(after)).isEqualTo("new");
        release.countDown();
        assertThat(Together.outcome(before)).isEqualTo("old");
        assertThat(texts.get("k")).isEqualTo("new");
    }

    @Test
    void a_reservation_stores_once_with_its_options() {
        try (Reservation<String> reservation = texts.reserve("k")) {
            assertThat(reservation.put("v", DEFAULTS.ttl(Duration.ofHours(1)).tags("red")))
                    .isTrue();
            assertThat(reservation.put("again", DEFAULTS)).isFalse();
        }

        assertThat(texts.get("k")).isEqualTo("v");
        assertThat(texts.ttl("k")).hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofMinutes(59)));
        assertThat(texts.getEntry("k").orElseThrow().tags()).containsExactly("red");
    }

    @Test
    void a_reservation_outlives_what_does_not_concern_it() {
        try (Reservation<String> reservation = texts.reserve("k")) {
            texts.delete("k2");
            texts.put("k2", "v");
            cache("other", String.class).put("k", "v");

            assertThat(reservation.put("v", DEFAULTS)).isTrue();
        }
        assertThat(texts.get("k")).isEqualTo("v");
    }
}
