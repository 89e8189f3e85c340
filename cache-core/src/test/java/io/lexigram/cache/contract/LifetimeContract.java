package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheEntry;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long an entry lives, who says so, and that it is nowhere to be found when its time is over. */
abstract class LifetimeContract extends Laws {

    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static Stream<Duration> notPositive() {
        return Stream.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1));
    }

    static Stream<Duration> beyondAllTime() {
        return Stream.of(
                Duration.ofDays(365 * 400),
                Duration.ofDays(365_000_000),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
    }

    @Test
    void an_entry_is_there_until_the_millisecond_before_its_end_and_not_after() {
        needs(Capability.MANUAL_CLOCK, Capability.MILLISECOND_TTL);
        texts.put("k", "v", DEFAULTS.ttl(MINUTE));

        fixture.advance(MINUTE.minus(MILLI));
        assertThat(texts.get("k")).isEqualTo("v");
        assertThat(texts.exists("k")).isTrue();
        assertThat(texts.ttl("k")).contains(MILLI);
        assertThat(texts.putIfAbsent("k", "other")).isFalse();
        fixture.advance(MILLI);

        assertThat(texts.lookup("k")).isEqualTo(new Lookup.Miss<>());
        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.ttl("k")).isEmpty();
        assertThat(texts.getEntry("k")).isEmpty();
        assertThat(texts.getMany(List.of("k")).missing()).containsExactly("k");
    }

    @Test
    void the_lifetime_of_the_cache_is_that_of_its_entries() {
        Cache<String> hourly =
                service.cache(CacheSpec.of("hourly", String.class).ttl(HOUR).build());
        hourly.put("put", "v");
        hourly.putIfAbsent("put if absent", "v");
        hourly.putMany(Map.of("put many", "v"));
        hourly.get("loaded", () -> "v");
        hourly.getAll(List.of("batch loaded"), wanted -> Map.of("batch loaded", "v"));

        for (String key : List.of("put", "put if absent", "put many", "loaded", "batch loaded")) {
            assertThat(hourly.ttl(key)).as(key).hasValueSatisfying(left -> assertThat(left)
                    .isBetween(MINUTE.multipliedBy(59), HOUR));
        }
    }

    @Test
    void a_lifetime_of_one_entry_is_that_of_no_other() {
        texts.put("before", "v");
        texts.put("k", "v", DEFAULTS.ttl(shortLife()));
        texts.put("after", "v");

        awaitEnd(texts, "k", shortLife());

        assertThat(texts.get("k")).isNull();
        assertThat(texts.get("before")).isEqualTo("v");
        assertThat(texts.get("after")).isEqualTo("v");
    }

    @Test
    void a_second_put_gives_a_life_of_its_own() {
        texts.put("longer", "v", DEFAULTS.ttl(shortLife()));
        texts.put("longer", "v2");
        texts.put("shorter", "v");
        texts.put("shorter", "v2", DEFAULTS.ttl(shortLife()));

        awaitEnd(texts, "shorter", shortLife());

        assertThat(texts.get("longer")).isEqualTo("v2");
        assertThat(texts.ttl("longer"))
                .hasValueSatisfying(left -> assertThat(left).isGreaterThan(MINUTE));
    }

    @Test
    void nulls_live_as_long_as_the_cache_says_of_nulls() {
        Cache<String> cache = service.cache(
                CacheSpec.of("nulls", String.class).ttl(HOUR).nullTtl(MINUTE).build());
        cache.put("null", null);
        cache.put("value", "v");

        assertThat(cache.ttl("null"))
                .hasValueSatisfying(left -> assertThat(left).isLessThanOrEqualTo(MINUTE));
        assertThat(cache.ttl("value"))
                .hasValueSatisfying(left -> assertThat(left).isGreaterThan(MINUTE));
    }

    @Test
    void an_eternal_entry_has_no_end() {
        Cache<String> eternal =
                service.cache(CacheSpec.of("eternal", String.class).eternal().build());
        eternal.put("k", "v");
        eternal.put("mortal", "v", DEFAULTS.ttl(shortLife()));

        awaitEnd(eternal, "mortal", shortLife());
        if (fixture.capabilities().contains(Capability.MANUAL_CLOCK)) {
            fixture.advance(Duration.ofDays(365 * 100));
        }

        assertThat(eternal.get("k")).isEqualTo("v");
        assertThat(eternal.ttl("k")).isEmpty();
        assertThat(eternal.getEntry("k").map(CacheEntry::expiresAt)).isEmpty();
        assertThat(eternal.expire("k", MINUTE)).isTrue();
        assertThat(eternal.ttl("k")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("beyondAllTime")
    void a_lifetime_beyond_all_time_is_kept(Duration ttl) {
        texts.put("put", "v", DEFAULTS.ttl(ttl));
        texts.put("expire", "v");
        assertThat(texts.expire("expire", ttl)).isTrue();

        assertThat(texts.get("put")).isEqualTo("v");
        assertThat(texts.get("expire")).isEqualTo("v");
        for (String key : List.of("put", "expire")) {
            texts.ttl(key).ifPresent(left -> assertThat(left).isGreaterThan(Duration.ofDays(365 * 100)));
        }
    }

    @Test
    void a_lifetime_of_less_than_a_millisecond_is_rounded_up() {
        needs(Capability.MANUAL_CLOCK, Capability.MILLISECOND_TTL);
        texts.put("k", "v", DEFAULTS.ttl(Duration.ofNanos(1)));
        texts.put("k2", "v", DEFAULTS.ttl(MILLI.plusNanos(1)));

        assertThat(texts.get("k")).isEqualTo("v");
        fixture.advance(MILLI);

        assertThat(texts.get("k")).isNull();
        assertThat(texts.get("k2")).isEqualTo("v");
        fixture.advance(MILLI);
        assertThat(texts.get("k2")).isNull();
    }

    @ParameterizedTest
    @MethodSource("notPositive")
    void a_lifetime_that_is_not_positive_is_refused_and_changes_nothing(Duration ttl) {
        texts.put("k", "v");

        assertThatThrownBy(() -> DEFAULTS.ttl(ttl)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> texts.expire("k", ttl)).isInstanceOf(IllegalArgumentException.class);

        assertThat(texts.ttl("k")).hasValueSatisfying(left -> assertThat(left).isGreaterThan(MINUTE));
    }

    @Test
    void jitter_shortens_a_life_and_never_prolongs_it() {
        Cache<String> jittered = service(builder ->
                        builder.backend("primary", fixture.open("jittered")).random(() -> 0.5))
                .cache(CacheSpec.of("jittered", String.class)
                        .ttl(HOUR)
                        .jitter(0.2)
                        .build());

        jittered.put("k", "v");

        assertThat(jittered.ttl("k")).hasValueSatisfying(left -> assertThat(left)
                .isBetween(MINUTE.multipliedBy(53), MINUTE.multipliedBy(54)));
    }

    @Test
    void expire_prolongs_and_shortens() {
        texts.put("longer", "v");
        texts.put("shorter", "v");

        assertThat(texts.expire("longer", HOUR)).isTrue();
        assertThat(texts.expire("shorter", shortLife())).isTrue();
        Instant end = fixture.time().clock().instant().plus(HOUR);

        assertThat(texts.ttl("longer"))
                .hasValueSatisfying(left -> assertThat(left).isBetween(MINUTE.multipliedBy(59), HOUR));
        assertThat(texts.getEntry("longer").orElseThrow().expiresAt()).isBetween(end.minus(MINUTE), end);
        awaitEnd(texts, "shorter", shortLife());
        assertThat(texts.get("shorter")).isNull();
        assertThat(texts.get("longer")).isEqualTo("v");
    }

    @Test
    void an_expiry_that_was_moved_is_kept_to_the_millisecond() {
        needs(Capability.MANUAL_CLOCK, Capability.MILLISECOND_TTL);
        texts.put("k", "v", DEFAULTS.ttl(MINUTE));
        fixture.advance(Duration.ofSeconds(30));
        texts.expire("k", MINUTE);

        fixture.advance(MINUTE.minus(MILLI));
        assertThat(texts.get("k")).isEqualTo("v");
        fixture.advance(MILLI);

        assertThat(texts.get("k")).isNull();
    }

    @Test
    void expire_changes_nothing_but_the_end() {
        texts.put("k", null, DEFAULTS.tags("red"));
        CacheEntry<String> before = texts.getEntry("k").orElseThrow();

        texts.expire("k", HOUR);

        CacheEntry<String> after = texts.getEntry("k").orElseThrow();
        assertThat(texts.lookup("k")).isEqualTo(new Lookup.Hit<>(null));
        assertThat(after.tags()).containsExactly("red");
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
    }

    @Test
    void expire_of_an_absent_key_makes_no_entry() {
        texts.put("deleted", "v");
        texts.delete("deleted");

        assertThat(texts.expire("absent", HOUR)).isFalse();
        assertThat(texts.expire("deleted", HOUR)).isFalse();

        assertThat(texts.exists("absent")).isFalse();
        assertThat(texts.exists("deleted")).isFalse();
    }

    @Test
    void a_hit_of_a_sliding_cache_lets_its_entry_live_on() {
        Cache<String> sliding = sliding((store, key) -> {});

        hit(sliding);

        await("a longer life").until(() -> sliding.ttl("k").orElseThrow().compareTo(SHORT) > 0);
        assertThat(sliding.ttl("k").orElseThrow()).isLessThanOrEqualTo(MINUTE);
    }

    @Test
    void a_hit_of_a_sliding_cache_never_shortens_the_life_of_its_entry() {
        Cache<String> sliding = sliding((store, key) -> store.expire(key, HOUR.toMillis()));

        hit(sliding);

        assertThat(sliding.ttl("k").orElseThrow()).isGreaterThan(MINUTE);
    }

    @Test
    void a_hit_of_a_sliding_cache_leaves_what_has_replaced_its_entry() {
        Cache<String> sliding = sliding((store, key) -> {
            long later = fixture.time().millis() + 1;
            store.write(
                    key, new StoredEntry("new", TypeRef.of(String.class), later, SHORT.toMillis(), 0, null, Set.of()));
        });

        hit(sliding);

        assertThat(sliding.get("k")).isEqualTo("new");
        assertThat(sliding.ttl("k").orElseThrow()).isLessThanOrEqualTo(SHORT.plus(MILLI));
    }

    private static void hit(Cache<String> sliding) {
        sliding.put("k", "v");
        sliding.expire("k", SHORT);
        assertThat(sliding.get("k")).isEqualTo("v");
    }

    /** A cache whose hits lengthen lives to a minute; something else happens to the entry before that comes about. */
    private Cache<String> sliding(BiConsumer<EntryStore, String> before) {
        CacheService service = on(backend -> ForwardingBackend.onStores(backend, store -> new ForwardingStore(store) {
            private final AtomicBoolean hit = new AtomicBoolean();

            @Override
            public void extend(String key, StoredEntry entry, long ttlMillis) {
                if (hit.compareAndSet(false, true)) {
                    before.accept(store, key);
                    super.extend(key, entry, ttlMillis);
                }
            }
        }));
        return service.cache(CacheSpec.of("sliding", String.class)
                .jitter(0)
                .ttl(HOUR.multipliedBy(10))
                .sliding(true)
                .pointerTtl(MINUTE)
                .build());
    }

    @Test
    void an_entry_whose_time_is_over_is_in_no_answer_and_in_no_count() {
        needs(Capability.KEY_SCAN);
        List<String> ended = List.of("a", "b", "c", "d", "e", "f", "g");
        ended.forEach(key -> texts.put(key, "v", DEFAULTS.ttl(shortLife()).tags("red")));
        texts.put("kept", "v", DEFAULTS.tags("green"));
        for (String key : ended) {
            awaitEnd(texts, key, shortLife());
        }

        assertThat(keysOf(texts, "*")).containsExactly("kept");
        assertThat(texts.getMany(ended).missing()).containsExactlyElementsOf(ended);
        assertThat(texts.expire("a", HOUR)).isFalse();
        assertThat(texts.delete("b")).isFalse();
        assertThat(texts.deleteMany(List.of("c", "kept", "d"))).isEqualTo(1);
        assertThat(texts.deletePattern("e*")).isZero();
        assertThat(texts.putIfAbsent("f", "new")).isTrue();
        assertThat(texts.clear()).isEqualTo(1);
    }

    @Test
    void an_entry_whose_time_is_over_is_no_entry_of_its_tag() {
        needs(Capability.TAGS);
        texts.put("k", "v", DEFAULTS.ttl(shortLife()).tags("red"));
        texts.put("kept", "v", DEFAULTS.tags("red"));
        awaitEnd(texts, "k", shortLife());

        assertThat(texts.invalidateTags("red")).isEqualTo(1);
    }

    @Test
    void cleaning_up_removes_what_is_over_and_counts_it_once() {
        needs(Capability.MANUAL_CLOCK, Capability.HOLDS_EXPIRED, Capability.ENTRY_COUNT);
        texts.putMany(Map.of("a", "v", "b", "v", "c", "v"), DEFAULTS.ttl(MINUTE));
        texts.putMany(Map.of("d", "v", "e", "v"), DEFAULTS.ttl(HOUR));
        fixture.advance(MINUTE.multipliedBy(2));

        assertThat(texts.cleanupExpired()).isEqualTo(3);

        assertThat(service.cleanupExpired()).isZero();
        assertThat(texts.stats().expirations()).isEqualTo(3);
        assertThat(texts.stats().totalEntries()).isEqualTo(2);
        assertThat(texts.exists("d")).isTrue();
    }
}
