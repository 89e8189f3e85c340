package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheEntry;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.LookupInfo;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One key: what was put is there, what was removed is not, and null is a value. */
abstract class ReadWriteContract extends Laws {

    @Test
    void a_value_that_was_put_is_read_back() {
        texts.put("k", "v");

        assertThat(texts.get("k")).isEqualTo("v");
        assertThat(texts.lookup("k")).isEqualTo(new Lookup.Hit<>("v"));
        assertThat(texts.exists("k")).isTrue();
        assertThat(texts.getEntry("k"))
                .hasValueSatisfying(e -> assertThat(e.value()).isEqualTo("v"));
    }

    @Test
    void an_absent_key_is_a_miss() {
        texts.put("other", "v");

        assertThat(texts.get("k")).isNull();
        assertThat(texts.lookup("k")).isEqualTo(new Lookup.Miss<>());
        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.getEntry("k")).isEmpty();
        assertThat(texts.ttl("k")).isEmpty();
    }

    @Test
    void a_local_value_is_found_in_this_process_or_not_at_all() {
        texts.put("k", "v");
        texts.put("nothing", null);
        // What knows the number of its entries without a scan holds them in this process.
        boolean isLocal = fixture.capabilities().contains(Capability.ENTRY_COUNT);
        long hits = texts.stats().hits();

        assertThat(texts.getLocal("k", "other")).isEqualTo(isLocal ? "v" : "other");
        assertThat(texts.getLocal("nothing", "other")).isEqualTo(isLocal ? null : "other");
        assertThat(texts.getLocal("absent", "other")).isEqualTo("other");
        assertThat(texts.stats().hits()).as("hits").isEqualTo(hits + (isLocal ? 2 : 0));
        assertThat(texts.stats().misses()).as("misses").isZero();
        texts.delete("k");
        assertThat(texts.getLocal("k", "other")).isEqualTo("other");
    }

    @Test
    void null_is_a_value_and_not_an_absence() {
        texts.put("k", null);

        assertThat(texts.lookup("k")).isEqualTo(new Lookup.Hit<>(null));
        assertThat(texts.exists("k")).isTrue();
        assertThat(texts.getEntry("k"))
                .hasValueSatisfying(e -> assertThat(e.value()).isNull());
        assertThat(texts.putIfAbsent("k", "other")).as("there is an entry").isFalse();
        assertThat(texts.get("k", () -> {
                    throw new AssertionError("the loader of a key that has a null");
                }))
                .isNull();
        assertThat(texts.delete("k")).isTrue();
        assertThat(texts.exists("k")).isFalse();
    }

    @Test
    void where_nulls_are_not_cached_a_null_removes_what_was_there() {
        Cache<String> strict = service.cache(
                CacheSpec.of("strict", String.class).cacheNulls(false).build());
        strict.put("k", "v");

        strict.put("k", null);

        assertThat(strict.exists("k")).isFalse();
        assertThat(strict.putIfAbsent("k", null)).isFalse();
        assertThat(strict.<RuntimeException>get("k", () -> null)).isNull();
        assertThat(strict.exists("k")).isFalse();
    }

    @Test
    void a_second_put_replaces_the_first() {
        texts.put("k", "first");
        texts.put("k", "second");

        assertThat(texts.get("k")).isEqualTo("second");
        texts.put("k", null);
        assertThat(texts.lookup("k")).isEqualTo(new Lookup.Hit<>(null));
    }

    @Test
    void put_if_absent_stores_once_and_says_so() {
        assertThat(texts.putIfAbsent("k", "first")).isTrue();
        assertThat(texts.putIfAbsent("k", "second")).isFalse();

        assertThat(texts.get("k")).isEqualTo("first");
        texts.delete("k");
        assertThat(texts.putIfAbsent("k", "third")).isTrue();
        assertThat(texts.get("k")).isEqualTo("third");
    }

    @Test
    void delete_says_whether_there_was_an_entry_and_leaves_the_others() {
        texts.put("k", "v");
        texts.put("k2", "v2");

        assertThat(texts.delete("k")).isTrue();
        assertThat(texts.delete("k")).isFalse();

        assertThat(texts.lookup("k")).isEqualTo(new Lookup.Miss<>());
        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.get("k2")).isEqualTo("v2");
    }

    @Test
    void an_invalidated_key_is_gone() {
        texts.put("k", "v");

        texts.invalidate("k");

        assertThat(texts.get("k")).isNull();
        assertThat(texts.exists("k")).isFalse();
    }

    @Test
    void what_was_written_is_read_at_once_a_thousand_times() {
        for (int i = 0; i < 1_000; i++) {
            texts.put("k", "v" + i);
            assertThat(texts.get("k")).isEqualTo("v" + i);
            texts.delete("k");
            assertThat(texts.get("k")).isNull();
        }
    }

    @Test
    void an_entry_tells_key_times_and_tags() {
        Instant before = fixture.time().clock().instant().minusMillis(1);
        texts.put("k", "v", DEFAULTS.ttl(Duration.ofMinutes(3)).tags("red", "green"));
        Instant after = fixture.time().clock().instant();

        CacheEntry<String> entry = texts.getEntry("k").orElseThrow();

        assertThat(entry.key()).isEqualTo(CacheKey.of("k").in("texts"));
        assertThat(entry.value()).isEqualTo("v");
        assertThat(entry.createdAt()).isBetween(before, after);
        assertThat(entry.expiresAt()).isEqualTo(entry.createdAt().plus(Duration.ofMinutes(3)));
        assertThat(entry.tags()).containsExactlyInAnyOrder("red", "green");
        assertThat(entry.hitCount()).isZero();
        assertThat(entry.version()).isNull();
    }

    @Test
    void accesses_are_noted_in_the_end_and_none_is_invented() {
        needs(Capability.ACCESS_MARKS);
        Cache<String> tracked = service.cache(
                CacheSpec.of("tracked", String.class).accessTracking(true).build());
        tracked.put("k", "v");
        texts.put("k", "v");
        for (int i = 0; i < 200; i++) {
            tracked.get("k");
            texts.get("k");
        }

        await("a noted access").until(() -> tracked.getEntry("k").orElseThrow().hitCount() > 0);
        assertThat(tracked.getEntry("k").orElseThrow().hitCount()).isLessThanOrEqualTo(200);
        assertThat(texts.getEntry("k").orElseThrow().hitCount()).isZero();
    }

    @Test
    void accesses_are_noted_exactly_where_the_backend_can() {
        needs(Capability.EXACT_ACCESS, Capability.MANUAL_CLOCK);
        Cache<String> tracked = service.cache(
                CacheSpec.of("tracked", String.class).accessTracking(true).build());
        tracked.put("k", "v");
        fixture.advance(Duration.ofSeconds(5));
        Instant lastAccess = fixture.time().clock().instant();
        tracked.get("k");
        tracked.get("k");
        fixture.advance(Duration.ofSeconds(5));

        CacheEntry<String> entry = tracked.getEntry("k").orElseThrow();

        assertThat(entry.hitCount()).isEqualTo(2);
        assertThat(entry.lastAccessed().toEpochMilli()).isEqualTo(lastAccess.toEpochMilli());
        assertThat(tracked.getEntry("k").orElseThrow().hitCount())
                .as("a look at the entry is no access")
                .isEqualTo(2);
    }

    @Test
    void an_inspected_read_names_who_answered() {
        texts.put("k", "v");

        LookupInfo<String> hit = texts.inspect("k");

        assertThat(hit.lookup()).isEqualTo(new Lookup.Hit<>("v"));
        assertThat(hit.answeredBy()).matches("primary(\\.l[12])?");
        assertThat(hit.latency()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(texts.inspect("absent").lookup()).isEqualTo(new Lookup.Miss<>());
    }

    @Test
    void handles_of_one_name_share_their_entries() {
        cache("shared", String.class).put("k", "v");

        assertThat(cache("shared", String.class).get("k")).isEqualTo("v");
        assertThat(service.get(CacheKey.of("k").in("shared"), String.class)).isEqualTo("v");
    }

    @Test
    void caches_of_different_names_share_nothing() {
        cache("one", String.class).put("k", "of one");

        assertThat(cache("two", String.class).exists("k")).isFalse();
        assertThat(service.exists(CacheKey.of("k"))).isFalse();
        assertThat(cache("two", String.class).delete("k")).isFalse();
        assertThat(cache("one", String.class).get("k")).isEqualTo("of one");
    }

    @Test
    void each_backend_of_a_service_has_entries_of_its_own() {
        CacheService both = service(builder -> builder.backend("primary", fixture.open("first"))
                .backend("secondary", fixture.open("second"))
                .defaultBackend("primary"));
        Cache<String> cache = both.cache("texts", String.class);

        cache.on("secondary").put("k", "second");

        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.on("secondary").get("k")).isEqualTo("second");
        assertThat(cache.on("secondary").inspect("k").answeredBy()).matches("secondary(\\.l[12])?");
        assertThat(both.on("secondary").get(CacheKey.of("k").in("texts"), String.class))
                .isEqualTo("second");
        assertThatThrownBy(() -> cache.on("tertiary")).isInstanceOf(CacheConfigurationException.class);
        assertThatThrownBy(() -> both.on("tertiary")).isInstanceOf(CacheConfigurationException.class);
    }

    @Test
    void a_cache_hands_out_what_is_native_behind_it() {
        assumeFalse(fixture.nativeTypes().isEmpty(), () -> fixture.name() + " has no native object.");
        texts.put("k", "v");

        for (Class<?> type : fixture.nativeTypes()) {
            assertThat(texts.unwrap(type)).isInstanceOf(type);
        }
    }

    @Test
    void a_native_object_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> texts.unwrap(Thread.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Thread.class.getName());
        assertThatThrownBy(() -> service.unwrap(Thread.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_one_node_writes_or_removes_the_next_read_of_another_sees() {
        needs(Capability.SHARED);
        Cache<String> there = node(HERE).cache("texts", String.class);
        for (int i = 0; i < 100; i++) {
            texts.put("k", "v" + i);
            assertThat(there.get("k")).isEqualTo("v" + i);
            there.delete("k");
            assertThat(texts.get("k")).isNull();
        }
    }
}
