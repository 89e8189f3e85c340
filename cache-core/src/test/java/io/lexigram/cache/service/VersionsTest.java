package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CacheVersionException;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a version is the current one, is there, and is known, by a clock that is moved. */
class VersionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final LexigramCache.Builder builder = LexigramCache.builder()
            .codec(new JsonCodec())
            .time(time.source())
            .backend(
                    "memory",
                    MemoryBackend.builder()
                            .time(time.source())
                            .executor(Runnable::run)
                            .maxSize(10)
                            .build());

    @Test
    void a_pointer_that_lapses_over_an_older_plain_value_does_not_uncover_it() {
        Cache<String> cache = cache(spec().build());
        cache.put("k", "plain", CallOptions.NONE.ttl(Duration.ofHours(1)));
        cache.versioned().set("k", "1", "one");

        time.advance(MINUTE.minusMillis(1));
        assertThat(cache.get("k")).isEqualTo("one");
        time.advance(Duration.ofMillis(1));

        assertThat(cache.get("k")).isNull();
        assertThat(cache.versioned().get("k", "1")).isEqualTo("one");
        time.advance(Duration.ofMinutes(4));
        assertThat(cache.versioned().get("k", "1")).isNull();
    }

    @Test
    void a_pointer_that_a_put_replaced_does_not_come_back() {
        Cache<String> cache = cache(spec().build());
        cache.versioned().set("k", "1", "one");
        cache.put("k", "plain", CallOptions.NONE.ttl(SECOND));

        time.advance(SECOND);

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void an_older_version_is_refused_until_the_last_one_would_have_ended_after_its_delete() {
        VersionedCache<String> versions = cache(spec().build()).versioned().ordered();
        versions.set("k", "2", "two");
        time.advance(Duration.ofMinutes(4));
        versions.delete("k", true);

        time.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(versions.set("k", "1", "one")).isFalse();
        time.advance(Duration.ofMillis(1));

        assertThat(versions.set("k", "1", "one")).isTrue();
    }

    @Test
    void the_last_version_of_a_value_without_end_is_known_for_a_day_after_its_delete() {
        VersionedCache<String> versions = cache(
                        CacheSpec.of("c", String.class).eternal().build())
                .versioned()
                .ordered();
        versions.set("k", "2", "two");
        time.advance(Duration.ofDays(1_000));
        assertThat(versions.get("k", "2")).isEqualTo("two");
        versions.delete("k", true);

        time.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(versions.set("k", "1", "one")).isFalse();
        time.advance(Duration.ofMillis(1));

        assertThat(versions.set("k", "1", "one")).isTrue();
    }

    @Test
    void a_hit_in_a_sliding_cache_prolongs_the_pointer_but_not_past_the_end_of_its_value() {
        Cache<String> cache = cache(spec().sliding(true).build());
        cache.versioned().set("k", "1", "one");

        for (int i = 0; i < 9; i++) {
            time.advance(Duration.ofSeconds(30));
            assertThat(cache.versioned().get("k"))
                    .as("after %s half minutes", i + 1)
                    .isEqualTo("one");
        }
        time.advance(Duration.ofSeconds(30));

        assertThat(cache.versioned().get("k")).isNull();
        assertThat(cache.versioned().get("k", "1")).isNull();
    }

    @Test
    void a_hit_never_shortens_the_life_of_a_pointer() {
        Cache<String> cache = cache(spec().sliding(true).build());
        cache.versioned().set("k", "1", "one", CallOptions.NONE.ttl(Duration.ofHours(1)));

        assertThat(cache.get("k")).isEqualTo("one");
        time.advance(Duration.ofMinutes(59));

        assertThat(cache.get("k")).isEqualTo("one");
    }

    @Test
    void a_pointer_lives_no_longer_than_its_value() {
        Cache<String> cache = cache(spec().ttl(SECOND).build());
        cache.versioned().set("k", "1", "one");

        assertThat(cache.ttl("k")).contains(SECOND);
        time.advance(SECOND);

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void a_version_that_cannot_be_compared_is_no_fault_that_a_cache_hides() {
        VersionedCache<String> versions = cache(spec().build()).versioned().ordered();
        versions.set("k", "1", "one");

        assertThatThrownBy(() -> versions.set("k", "latest", "v")).isInstanceOf(CacheVersionException.class);
        assertThatThrownBy(() -> versions.set("k", "2026-01-01", "v")).isInstanceOf(CacheVersionException.class);
        assertThatThrownBy(() -> versions.get("k", "")).isInstanceOf(CacheVersionException.class);
        assertThat(versions.get("k")).isEqualTo("one");
    }

    @Test
    void the_histories_of_keys_are_bounded_like_the_entries() {
        VersionedCache<String> versions = cache(spec().build()).versioned();

        for (int i = 0; i < 100; i++) {
            versions.set("k" + i, "1", "v");
        }

        int held = 0;
        for (int i = 0; i < 100; i++) {
            held += versions.get("k" + i, "1") == null ? 0 : 1;
        }
        assertThat(held).isBetween(1, 10);
    }

    private static CacheSpec.Builder<String> spec() {
        return CacheSpec.of("c", String.class)
                .jitter(0)
                .ttl(Duration.ofMinutes(5))
                .pointerTtl(MINUTE);
    }

    private Cache<String> cache(CacheSpec<String> spec) {
        return builder.build().cache(spec);
    }
}
