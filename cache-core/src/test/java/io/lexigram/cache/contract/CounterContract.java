package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counters count exactly, are entries like others, and never turn another value into a number. */
abstract class CounterContract extends Laws {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Cache<Long> counts;

    @BeforeEach
    void thereAreCounters() {
        needs(Capability.COUNTERS);
        counts = service.cache(
                CacheSpec.of("counts", Long.class).ttl(MINUTE).jitter(0).build());
    }

    @Test
    void an_absent_counter_starts_at_zero() {
        assertThat(counts.increment("up", 5)).isEqualTo(5);
        assertThat(counts.increment("up", 2)).isEqualTo(7);
        assertThat(counts.decrement("down", 3)).isEqualTo(-3);
        assertThat(counts.increment("down", 1)).isEqualTo(-2);
        assertThat(counts.increment("nothing", 0)).isZero();
        assertThat(counts.increment("up", 0)).isEqualTo(7);
    }

    @Test
    void a_counter_is_read_like_any_entry() {
        counts.increment("k", 41);
        counts.increment("k", 1);

        assertThat(counts.get("k")).isEqualTo(42L);
        assertThat(counts.lookup("k")).isEqualTo(new Lookup.Hit<>(42L));
        assertThat(counts.getMany(List.of("k")).found()).containsEntry("k", 42L);
        assertThat(counts.getEntry("k"))
                .hasValueSatisfying(e -> assertThat(e.value()).isEqualTo(42L));
        assertThat(counts.exists("k")).isTrue();
        assertThat(counts.get("k", () -> -1L)).isEqualTo(42L);
        assertThat(counts.putIfAbsent("k", 1L)).isFalse();
        assertThat(cache("counts", Object.class).get("k")).isEqualTo(42L);
        assertThat(service.get(CacheKey.of("k").in("counts"), Number.class)).isEqualTo(42L);
    }

    @Test
    void counting_never_changes_what_was_read_before() {
        counts.increment("k", 1);
        Long first = counts.get("k");

        counts.increment("k", 1);

        assertThat(first).isEqualTo(1L);
        assertThat(counts.get("k")).isEqualTo(2L);
    }

    @Test
    void a_counter_lives_as_long_as_the_cache_says_from_its_first_count_on() {
        needs(Capability.MANUAL_CLOCK);
        counts.increment("k", 1);
        fixture.advance(MINUTE.dividedBy(2));
        counts.increment("k", 1);

        assertThat(counts.ttl("k")).contains(MINUTE.dividedBy(2));
        fixture.advance(MINUTE.dividedBy(2));

        assertThat(counts.exists("k")).isFalse();
        assertThat(counts.increment("k", 1)).isEqualTo(1);
        assertThat(counts.ttl("k")).contains(MINUTE);
    }

    @Test
    void the_life_of_a_counter_can_be_read_and_changed() {
        counts.increment("k", 1);
        counts.increment("gone", 1);

        assertThat(counts.ttl("k"))
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofSeconds(30), MINUTE));
        assertThat(counts.expire("k", MINUTE.multipliedBy(60))).isTrue();
        assertThat(counts.expire("gone", shortLife())).isTrue();
        counts.increment("k", 1);
        assertThat(counts.ttl("k")).as("counting leaves the lifetime alone").hasValueSatisfying(left -> assertThat(left)
                .isGreaterThan(MINUTE));
        awaitEnd(counts, "gone", shortLife());
        assertThat(counts.increment("gone", 3)).as("it starts anew").isEqualTo(3);
    }

    @Test
    void a_value_that_is_no_counter_is_not_counted_and_stays() {
        announcedErrors = 3;
        counts.put("number", 5L);
        counts.put("null", null);
        service.put(CacheKey.of("text").in("counts"), "5");

        for (String key : List.of("number", "null", "text")) {
            assertThatThrownBy(() -> counts.increment(key, 1)).as(key).isInstanceOf(CacheException.class);
        }

        assertThat(counts.get("number")).isEqualTo(5L);
        assertThat(counts.lookup("null")).isEqualTo(new Lookup.Hit<>(null));
        assertThat(service.get(CacheKey.of("text").in("counts"), String.class)).isEqualTo("5");
    }

    @Test
    void a_counter_is_no_value_of_another_type_and_goes_on_counting() {
        announcedErrors = 2;
        counts.increment("k", 1);

        assertThat(cache("counts", String.class).lookup("k")).isEqualTo(new Lookup.Miss<>());
        assertThat(cache("counts", byte[].class).lookup("k")).isEqualTo(new Lookup.Miss<>());

        assertThat(counts.increment("k", 1)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 1",
        "9223372036854775806, 2",
        "1, 9223372036854775807",
        "-9223372036854775808, -1",
        "-2, -9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void an_overflow_is_refused_and_the_counter_keeps_its_value(long value, long by) {
        counts.increment("k", value);

        assertThatThrownBy(() -> counts.increment("k", by)).isInstanceOf(CacheCapacityException.class);

        assertThat(counts.get("k")).isEqualTo(value);
        assertThat(counts.increment("k", 0)).isEqualTo(value);
    }

    @Test
    void subtracting_what_has_no_opposite_is_refused_and_the_counter_keeps_its_value() {
        counts.increment("k", -1);

        assertThatThrownBy(() -> counts.decrement("k", Long.MIN_VALUE))
                .isInstanceOf(CacheCapacityException.class)
                .hasMessageContaining("-9223372036854775808");
        assertThatThrownBy(() -> service.decrement(CacheKey.of("k").in("counts"), Long.MIN_VALUE))
                .isInstanceOf(CacheCapacityException.class);
        assertThat(counts.results().decrement("k", Long.MIN_VALUE))
                .isInstanceOfSatisfying(Result.Failure.class, failure -> assertThat(failure.cause())
                        .isInstanceOf(CacheCapacityException.class));

        assertThat(counts.get("k")).isEqualTo(-1);
    }

    @Test
    void a_counter_reaches_both_ends_of_its_range() {
        assertThat(counts.increment("max", Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(counts.increment("max", 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(counts.get("max")).isEqualTo(Long.MAX_VALUE);
        assertThat(counts.increment("min", Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(counts.increment("min", Long.MAX_VALUE)).isEqualTo(-1);
        assertThat(counts.get("min")).isEqualTo(-1L);
    }

    @Test
    void numbers_beyond_the_precision_of_a_double_are_exact() {
        long start = (1L << 53) + 1;

        assertThat(counts.increment("k", start)).isEqualTo(start);
        assertThat(counts.increment("k", 1)).isEqualTo(start + 1);
        assertThat(counts.get("k")).isEqualTo(start + 1);
    }

    @Test
    void a_put_makes_an_ordinary_value_of_a_counter() {
        announcedErrors = 1;
        counts.increment("k", 1);

        counts.put("k", 10L);

        assertThat(counts.get("k")).isEqualTo(10L);
        assertThatThrownBy(() -> counts.increment("k", 1)).isInstanceOf(CacheException.class);
    }

    @Test
    void a_counter_is_removed_like_any_entry() {
        needs(Capability.KEY_SCAN);
        for (String key : List.of("deleted", "batch", "pattern:1", "namespace")) {
            counts.increment(key, 7);
        }

        assertThat(keysOf(counts, "*")).containsExactlyInAnyOrder("deleted", "batch", "pattern:1", "namespace");
        assertThat(counts.delete("deleted")).isTrue();
        assertThat(counts.deleteMany(List.of("batch", "absent"))).isEqualTo(1);
        assertThat(counts.deletePattern("pattern:*")).isEqualTo(1);
        assertThat(service.deleteNamespace("counts")).isEqualTo(1);
        counts.increment("cleared", 7);
        assertThat(counts.clear()).isEqualTo(1);
        for (String key : List.of("deleted", "batch", "pattern:1", "namespace", "cleared")) {
            assertThat(counts.increment(key, 1)).as(key).isEqualTo(1);
        }
    }

    @Test
    void eight_threads_count_exactly() {
        List<Long> seen = Together.run(8, thread -> () -> {
            long last = 0;
            for (int i = 0; i < 250; i++) {
                long next = counts.increment("k", 1);
                assertThat(next).isGreaterThan(last);
                last = next;
            }
            return last;
        });

        assertThat(counts.get("k")).isEqualTo(2_000L);
        assertThat(Collections.max(seen)).isEqualTo(2_000L);
    }

    @Test
    void the_service_counts_under_any_key() {
        CacheKey key = CacheKey.of("visits").in("pages");

        assertThat(service.increment(key, 2)).isEqualTo(2);
        assertThat(service.decrement(key, 5)).isEqualTo(-3);
        assertThat(service.increment(CacheKey.of("visits"), 1)).isEqualTo(1);
        assertThat(service.get(key, Long.class)).isEqualTo(-3L);
    }
}
