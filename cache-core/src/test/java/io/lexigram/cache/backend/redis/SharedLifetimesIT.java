package io.lexigram.cache.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fail-safe, refresh-ahead and sliding lifetimes of entries that two nodes share. The server's clock cannot be moved. */
class SharedLifetimesIT {

    private static final Duration SHORT = Duration.ofMillis(40);
    private static final Duration HOUR = Duration.ofHours(1);

    private final String prefix = "lifetimes-" + UUID.randomUUID();
    private final CacheService here = node();
    private final CacheService there = node();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    @Test
    void anExpiredValueStandsInOnAnyNodeAndOneNodeTriesTheLoadPerThrottle() {
        Cache<String> cache = failSafe(here);
        Cache<String> other = failSafe(there);
        cache.put("k", "old");
        awaitStale(cache);

        assertThat(other.get("k", this::fails)).isEqualTo("old");
        assertThat(cache.get("k", this::fails)).isEqualTo("old");

        assertThat(loads).hasValue(1);
        assertThat(other.<RuntimeException>get("k", () -> "new", CallOptions.NONE.skipRead()))
                .isEqualTo("new");
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void anExpiredValueIsAbsentForAllButLoads() {
        Cache<String> cache = failSafe(here);
        cache.put("k", "old");
        awaitStale(cache);

        assertThat(cache.get("k")).isNull();
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.ttl("k")).isEmpty();
        assertThat(cache.expire("k", HOUR)).isFalse();
        assertThat(cache.delete("k")).isFalse();
        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
        cache.put("k", "old");
        awaitStale(cache);
        assertThat(cache.putIfAbsent("k", "new", CallOptions.NONE.ttl(HOUR))).isTrue();
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void aLifeThatWasChangedIsFollowedByTheWindowInWhichTheValueStandsIn() {
        Cache<String> cache = failSafe(here);
        cache.put("k", "old", CallOptions.NONE.ttl(HOUR));

        assertThat(cache.expire("k", HOUR.dividedBy(2))).isTrue();
        assertThat(cache.get("k")).isEqualTo("old");
        cache.expire("k", SHORT);
        awaitStale(cache);

        assertThat(cache.get("k", this::fails)).isEqualTo("old");
    }

    @Test
    void whatAnotherNodeInvalidatedNeverStandsIn() {
        Cache<String> cache = failSafe(here);
        Cache<String> other = failSafe(there);
        cache.put("k", "old");
        awaitStale(cache);

        other.invalidateTags("t");

        assertThatThrownBy(() -> cache.get("k", this::fails)).hasMessage("the source is down");
        assertThatThrownBy(() -> other.get("k", this::fails)).hasMessage("the source is down");
    }

    @Test
    void whatAnotherNodeInvalidatesWhileTheLoadRunsDoesNotStandIn() {
        Cache<String> cache = failSafe(here);
        Cache<String> other = failSafe(there);
        cache.put("k", "old");
        awaitStale(cache);

        assertThatThrownBy(() -> cache.get("k", () -> {
                    other.invalidateTags("t");
                    throw new IllegalStateException("the source is down");
                }))
                .hasMessage("the source is down");

        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
    }

    @Test
    void aValueThatStandsInIsStillHitByTheInvalidationOfItsTag() {
        Cache<String> cache = failSafe(here);
        Cache<String> other = failSafe(there);
        cache.put("k", "old");
        awaitStale(cache);
        assertThat(cache.get("k", this::fails)).isEqualTo("old");

        assertThat(other.invalidateTags("t")).isEqualTo(1);

        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
    }

    @Test
    void aValueIsLoadedAnewBeforeItsEndByOneNode() {
        CacheSpec<String> spec = CacheSpec.of("r", String.class)
                .ttl(HOUR)
                .refreshAhead(new RefreshAhead(1e12))
                .build();
        Cache<String> cache = here.cache(spec);
        Cache<String> other = there.cache(spec);
        assertThat(cache.<RuntimeException>get("k", () -> "v" + loads.incrementAndGet()))
                .isEqualTo("v1");

        assertThat(other.<RuntimeException>get("k", () -> "v" + loads.incrementAndGet()))
                .isEqualTo("v1");

        await().untilAsserted(() -> assertThat(cache.get("k")).isEqualTo("v2"));
        assertThat(loads).hasValue(2);
    }

    @Test
    void aHitProlongsTheLifeOfASlidingEntry() {
        Cache<String> cache = here.cache(CacheSpec.of("s", String.class)
                .ttl(HOUR)
                .jitter(0)
                .sliding(true)
                .pointerTtl(Duration.ofMinutes(10))
                .build());
        cache.put("k", "v");
        assertThat(cache.ttl("k").orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(10));
        cache.expire("k", Duration.ofMinutes(1));

        assertThat(cache.get("k")).isEqualTo("v");

        await().untilAsserted(() -> assertThat(cache.ttl("k").orElseThrow()).isGreaterThan(Duration.ofMinutes(9)));
    }

    private static void awaitStale(Cache<String> cache) {
        await().until(() -> cache.lookup("k") instanceof Lookup.Stale);
    }

    private String fails() {
        loads.incrementAndGet();
        throw new IllegalStateException("the source is down");
    }

    private static Cache<String> failSafe(CacheService service) {
        return service.cache(CacheSpec.of("f", String.class)
                .ttl(SHORT)
                .jitter(0)
                .tags("t")
                .failSafe(new FailSafe(HOUR, HOUR))
                .build());
    }

    private CacheService node() {
        KeyCodec keys = new KeyCodec(prefix);
        RedisServer server = RedisServer.shared();
        RedisBackend redis = RedisBackend.connectingTo(
                RedisSettings.builder()
                        .url("redis://" + server.host() + ":" + server.port())
                        .build(),
                keys,
                TimeSource.SYSTEM,
                RedisConnectionListener.NONE);
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("redis", new EncodedBackend(redis, keys, Duration.ofSeconds(10), TimeSource.SYSTEM))
                .build();
    }
}
