package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CacheVersionException;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.VersionedCacheService;
import io.lexigram.cache.VersionedKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values by version: what is current, what stays, what goes, and which version is refused. */
abstract class VersionContract extends Laws {

    private static final int THREADS = VersionFaults.THREADS;
    private static final Duration HOUR = Duration.ofHours(1);

    private VersionedCache<String> versions;

    @BeforeEach
    void openVersions() {
        needs(Capability.VERSIONS);
        versions = texts.versioned();
    }

    @Test
    void a_version_that_was_set_is_the_current_one() {
        assertThat(versions.set("k", "1", "one")).isTrue();
        assertThat(versions.set("k", "2", "two")).isTrue();

        assertThat(versions.get("k")).isEqualTo("two");
        assertThat(texts.get("k")).isEqualTo("two");
        assertThat(texts.getEntry("k"))
                .hasValueSatisfying(entry -> assertThat(entry.version()).isEqualTo("2"));
    }

    @Test
    void every_version_is_found_under_its_name() {
        versions.set("k", "1", "one");
        versions.set("k", "2", "two");
        versions.set("other", "1", "another");

        assertThat(versions.get("k", "1")).isEqualTo("one");
        assertThat(versions.get("k", "2")).isEqualTo("two");
        assertThat(versions.lookup("k", "3")).isEqualTo(new Lookup.Miss<>());
        assertThat(versions.get("other", "1")).isEqualTo("another");
    }

    @Test
    void what_was_put_without_version_is_read_where_there_is_none() {
        texts.put("k", "plain");

        assertThat(versions.get("k")).isEqualTo("plain");
        assertThat(versions.get("k", "1")).isNull();
    }

    @Test
    void the_value_that_was_written_last_is_the_current_one_with_version_or_without() {
        texts.put("k", "plain");
        versions.set("k", "1", "one");
        assertThat(versions.get("k")).isEqualTo("one");

        texts.put("k", "plain again");

        assertThat(versions.get("k")).isEqualTo("plain again");
        assertThat(versions.get("k", "1")).isEqualTo("one");
    }

    @Test
    void a_current_version_that_lapses_brings_no_older_value_back() {
        VersionedCache<String> brief = brief(shortLife());
        Cache<String> cache = briefCache(shortLife());
        cache.put("k", "plain");
        brief.set("k", "1", "one");

        awaitEnd(cache, "k", shortLife());

        assertThat(brief.get("k")).isNull();
        assertThat(brief.get("k", "1")).isEqualTo("one");
    }

    @Test
    void a_version_ends_with_its_lifetime() {
        Cache<String> cache = briefCache(shortLife());
        cache.versioned().set("k", "1", "one", DEFAULTS.ttl(shortLife()));
        cache.versioned().set("k", "2", "two", DEFAULTS.ttl(HOUR));

        awaitEnd(cache, "k", shortLife(), "1");

        assertThat(cache.get("k")).isEqualTo("two");
    }

    @Test
    void a_lifetime_of_the_call_is_that_of_the_current_version_too() {
        Cache<String> cache = briefCache(shortLife());
        cache.versioned().set("k", "1", "one", DEFAULTS.ttl(HOUR));

        assertThat(cache.ttl("k")).hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofMinutes(59)));
    }

    @Test
    void several_versions_of_several_keys_are_set_at_once() {
        Map<VersionedKey<String>, String> values = new LinkedHashMap<>();
        values.put(VersionedKey.of("a", "1"), "a1");
        values.put(VersionedKey.of("a", "2"), "a2");
        values.put(VersionedKey.of("b", "7"), "b7");

        assertThat(versions.setMany(values)).isEqualTo(3);

        assertThat(versions.get("a")).isEqualTo("a2");
        assertThat(versions.get("a", "1")).isEqualTo("a1");
        assertThat(versions.get("b", "7")).isEqualTo("b7");
        assertThat(versions.setMany(Map.of())).isZero();
    }

    @Test
    void a_soft_delete_takes_the_current_value_and_leaves_the_versions() {
        versions.set("k", "1", "one");
        texts.put("plain", "p");

        assertThat(versions.delete("k", false)).isTrue();
        assertThat(versions.deleteMany(List.of("plain", "absent"), false)).isEqualTo(1);

        assertThat(versions.get("k")).isNull();
        assertThat(texts.exists("plain")).isFalse();
        assertThat(versions.get("k", "1")).isEqualTo("one");
    }

    @Test
    void a_hard_delete_takes_all_versions() {
        versions.set("k", "1", "one");
        versions.set("k", "2", "two");
        versions.set("other", "1", "another");

        assertThat(versions.delete("k", true)).isTrue();
        assertThat(versions.delete("k", true)).isFalse();

        assertThat(versions.get("k")).isNull();
        assertThat(versions.get("k", "1")).isNull();
        assertThat(versions.get("k", "2")).isNull();
        assertThat(versions.get("other", "1")).isEqualTo("another");
    }

    @Test
    void a_hard_delete_takes_the_versions_that_a_soft_one_left() {
        versions.set("k", "1", "one");
        versions.delete("k", false);

        assertThat(versions.deleteMany(List.of("k", "absent"), true)).isZero();

        assertThat(versions.get("k", "1")).isNull();
    }

    @Test
    void an_invalidation_takes_all_versions_and_counts_the_entry_once() {
        for (String key : List.of("a", "b", "c", "pattern:1")) {
            versions.set(key, "1", "one", DEFAULTS.tags("red"));
            versions.set(key, "2", "two", DEFAULTS.tags("red"));
        }

        texts.invalidate("a");
        assertThat(texts.deleteMany(List.of("b"))).isEqualTo(1);
        assertThat(texts.deletePattern("pattern:*")).isEqualTo(1);
        assertGone("a", "b", "pattern:1");
        assertThat(texts.invalidateTags("red")).isEqualTo(1);
        assertGone("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clear", "namespace", "all", "pattern"})
    void what_empties_a_cache_takes_the_versions_that_are_not_current_too(String how) {
        String name = "k".repeat(600);
        for (String key : List.of("k", name)) {
            versions.set(key, "1", "one");
            versions.delete(key, false);
        }
        versions.set("current", "1", "one");
        long removed =
                switch (how) {
                    case "clear" -> texts.clear();
                    case "namespace" -> service.deleteNamespace("texts");
                    case "all" -> service.clear();
                    default -> texts.deletePattern("*");
                };

        assertThat(removed).isEqualTo(1);
        for (String key : List.of("k", name, "current")) {
            assertThat(versions.get(key, "1")).isNull();
        }
    }

    @Test
    void an_older_version_after_a_newer_one_is_refused_where_they_are_ordered() {
        VersionedCache<String> ordered = versions.ordered();
        assertThat(ordered.set("k", "9", "nine")).isTrue();

        assertThat(ordered.set("k", "8", "eight")).isFalse();
        assertThat(ordered.set("k", "10", "ten")).isTrue();
        assertThat(ordered.set("k", "10", "ten again")).isTrue();

        assertThat(ordered.get("k")).isEqualTo("ten again");
        assertThat(ordered.get("k", "8")).isNull();
        assertThat(versions.set("k", "1", "whatever")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "9, 10",
        "-10, -9",
        "-1, 0",
        "-9223372036854775808, 9223372036854775807",
        "9007199254740992, 9007199254740993",
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05.000000001Z",
        "2026-01-02T05:00:00+02:00, 2026-01-02T04:00:00Z",
        "2025-12-31, 2026-01-01T00:00:00",
        "1969-12-31T23:59:59.5Z, 1970-01-01"
    })
    void versions_are_ordered_as_numbers_or_as_moments(String lower, String higher) {
        VersionedCache<String> ordered = versions.ordered();
        ordered.set("k", higher, "higher");

        assertThat(ordered.set("k", lower, "lower")).isFalse();

        assertThat(ordered.get("k")).isEqualTo("higher");
        assertThat(ordered.set("other", lower, "lower")).isTrue();
        assertThat(ordered.set("other", higher, "higher")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soft", "hard", "invalidate", "pattern", "clear"})
    void an_older_version_after_a_delete_is_refused_where_they_are_ordered(String how) {
        VersionedCache<String> ordered = versions.ordered();
        ordered.set("k", "2", "two");
        switch (how) {
            case "soft" -> ordered.delete("k", false);
            case "hard" -> ordered.delete("k", true);
            case "invalidate" -> texts.invalidate("k");
            case "pattern" -> texts.deletePattern("*");
            default -> texts.clear();
        }

        assertThat(ordered.set("k", "1", "one")).isFalse();

        assertThat(ordered.get("k")).isNull();
        assertThat(ordered.set("k", "3", "three")).isTrue();
    }

    @Test
    void an_older_version_is_refused_after_the_current_one_lapsed() {
        VersionedCache<String> ordered = brief(shortLife()).ordered();
        ordered.set("k", "2", "two");

        awaitEnd(briefCache(shortLife()), "k", shortLife());

        assertThat(ordered.set("k", "1", "one")).isFalse();
        assertThat(ordered.get("k")).isNull();
    }

    @Test
    void of_versions_that_are_set_at_once_the_highest_stays() {
        VersionedCache<String> ordered = versions.ordered();
        for (int round = 0; round < 25; round++) {
            String key = "k" + round;
            List<Boolean> stored = Together.run(THREADS, thread -> () -> ordered.set(key, "" + thread, "of " + thread));

            assertThat(stored.get(THREADS - 1)).isTrue();
            assertThat(ordered.get(key)).isEqualTo("of " + (THREADS - 1));
        }
    }

    @Test
    void versions_that_cannot_be_compared_are_refused_with_their_names() {
        VersionedCache<String> ordered = versions.ordered();

        assertThatThrownBy(() -> ordered.set("k", "v1.2", "text"))
                .isInstanceOf(CacheVersionException.class)
                .hasMessageContaining("v1.2");
        assertThat(texts.exists("k")).isFalse();
        assertThat(versions.get("k", "v1.2")).isNull();
    }

    @Test
    void versions_of_two_kinds_are_refused_with_both_names() {
        announcedErrors = 0;
        VersionedCache<String> ordered = versions.ordered();
        ordered.set("k", "2026-01-01", "dated");

        assertThatThrownBy(() -> ordered.set("k", "7", "numbered"))
                .isInstanceOf(CacheVersionException.class)
                .hasMessageContaining("2026-01-01")
                .hasMessageContaining("'7'");

        assertThat(ordered.get("k")).isEqualTo("dated");
        assertThat(versions.get("k", "7")).isNull();
    }

    @Test
    void a_version_that_cannot_be_one_is_refused() {
        for (String version : List.of("", "a\nb", "x".repeat(VersionedKey.MAX_VERSION_LENGTH + 1))) {
            assertThatThrownBy(() -> versions.set("k", version, "v")).isInstanceOf(CacheVersionException.class);
            assertThatThrownBy(() -> versions.get("k", version)).isInstanceOf(CacheVersionException.class);
        }
        assertThat(texts.exists("k")).isFalse();
    }

    @Test
    void versions_of_any_characters_are_kept_apart() {
        List<String> names = List.of("}", "x}", "%b", "{k}%b1", "ü", "1 ", "1");
        names.forEach(name -> versions.set("k", name, "of " + name));

        names.forEach(name -> assertThat(versions.get("k", name)).isEqualTo("of " + name));
        assertThat(keysOf(texts, "*")).containsExactly("k");
        assertThat(texts.clear()).isEqualTo(1);
        names.forEach(name -> assertThat(versions.get("k", name)).isNull());
    }

    @Test
    void of_too_many_versions_those_that_end_first_go() {
        for (int i = 0; i < 100; i++) {
            versions.set("k", "v" + i, "v", DEFAULTS.ttl(HOUR.plusMinutes(i)));
        }
        versions.set("k", "last", "v", DEFAULTS.ttl(Duration.ofMinutes(10)));

        assertThat(versions.get("k", "v0")).isNull();
        assertThat(versions.get("k", "v1")).isEqualTo("v");
        assertThat(versions.get("k", "last")).isEqualTo("v");
    }

    @Test
    void the_service_has_versions_of_any_key() {
        VersionedCacheService all = service.versioned();
        CacheKey key = CacheKey.of("k").in("texts").tagged("red");

        assertThat(all.set(key, "2", "two")).isTrue();
        assertThat(all.setMany(Map.of(VersionedKey.of(CacheKey.of("bare"), "1"), "one")))
                .isEqualTo(1);
        assertThat(all.ordered().set(key, "1", "one")).isFalse();

        assertThat(all.get(key, String.class)).isEqualTo("two");
        assertThat(all.get(key, "2", String.class)).isEqualTo("two");
        assertThat(all.get(CacheKey.of("bare"), "1", String.class)).isEqualTo("one");
        assertThat(service.invalidateTags("red")).isEqualTo(1);
        assertThat(all.get(key, "2", String.class)).isNull();
        assertThat(all.delete(CacheKey.of("bare"), false)).isTrue();
        assertThat(all.get(CacheKey.of("bare"), "1", String.class)).isEqualTo("one");
        assertThat(all.deleteMany(List.of(CacheKey.of("bare")), true)).isZero();
        assertThat(all.get(CacheKey.of("bare"), "1", String.class)).isNull();
    }

    @Test
    void a_load_under_way_does_not_replace_a_version_that_was_set_meanwhile() {
        String loaded = texts.get("k", () -> {
            versions.set("k", "1", "one");
            return "loaded";
        });

        assertThat(loaded).isEqualTo("loaded");
        assertThat(versions.get("k")).isEqualTo("one");
    }

    @Test
    void a_load_under_way_does_not_store_after_a_soft_delete() {
        texts.get("k", () -> {
            versions.delete("k", false);
            return "loaded";
        });

        assertThat(texts.exists("k")).isFalse();
    }

    @Test
    void a_null_that_is_not_kept_is_refused() {
        Cache<String> strict = service.cache(
                CacheSpec.of("strict", String.class).cacheNulls(false).build());
        strict.versioned().set("k", "1", "one");

        assertThatThrownBy(() -> strict.versioned().set("k", "2", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'2'");

        assertThat(strict.get("k")).isEqualTo("one");
    }

    private void assertGone(String... keys) {
        for (String key : keys) {
            assertThat(versions.get(key)).as(key).isNull();
            assertThat(versions.get(key, "1")).as(key).isNull();
            assertThat(versions.get(key, "2")).as(key).isNull();
        }
    }

    private VersionedCache<String> brief(Duration pointerTtl) {
        return briefCache(pointerTtl).versioned();
    }

    /** A cache whose current versions are so for a short time only. */
    private Cache<String> briefCache(Duration pointerTtl) {
        return service.cache(CacheSpec.of("brief", String.class)
                .jitter(0)
                .ttl(HOUR)
                .pointerTtl(pointerTtl)
                .build());
    }

    private void awaitEnd(Cache<String> cache, String key, Duration life, String version) {
        if (fixture.capabilities().contains(Capability.MANUAL_CLOCK)) {
            fixture.advance(life);
            assertThat(cache.versioned().get(key, version)).isNull();
        } else {
            await("the end of version " + version)
                    .until(() -> cache.versioned().lookup(key, version) instanceof Lookup.Miss);
        }
    }
}
