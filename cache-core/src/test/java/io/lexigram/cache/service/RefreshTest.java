package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that are loaded anew before their end, that say what they were, and that live as long as they are hit. */
class RefreshTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Three times the duration of a load before the end. */
    private static final double RANDOM = 1 - Math.exp(-3);

    private final ManualTime time = new ManualTime();
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private boolean isBoundToThread;
    private final CacheService service = LexigramCache.builder()
            .codec(NoCodec.INSTANCE)
            .defaultCodec("none")
            .backend("memory", MemoryBackend.builder().time(time.source()).build())
            .time(time.source())
            .executor(executor::add)
            .boundToThread(() -> isBoundToThread)
            .random(() -> RANDOM)
            .build();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aHitNearTheEndIsServedAtOnceAndLoadsAnewBehindIt() {
        Cache<String> cache = refreshing();
        assertThat(cache.get("k", this::takesASecond)).isEqualTo("v1");
        time.advance(MINUTE.minusSeconds(4));
        assertThat(cache.get("k", this::takesASecond)).isEqualTo("v1");
        assertThat(executor).isEmpty();

        time.advance(Duration.ofSeconds(2));
        assertThat(cache.get("k", this::takesASecond)).isEqualTo("v1");
        assertThat(loads).hasValue(1);
        runAll();

        assertThat(loads).hasValue(2);
        time.advance(MINUTE.minusSeconds(4));
        assertThat(cache.get("k")).isEqualTo("v2");
    }

    @Test
    void aHitOfAThreadThatMustLoadItselfLeavesTheLoadToOthers() {
        Cache<String> cache = refreshing();
        cache.get("k", this::takesASecond);
        time.advance(MINUTE.minusSeconds(2));

        isBoundToThread = true;
        assertThat(cache.get("k", this::takesASecond)).isEqualTo("v1");
        assertThat(executor).isEmpty();

        isBoundToThread = false;
        assertThat(cache.get("k", this::takesASecond)).isEqualTo("v1");
        assertThat(executor).hasSize(1);
    }

    /** FusionCache #651: each caller, or each node, recomputed what another had renewed. */
    @Test
    void ofManyHitsNearTheEndOneLoads() {
        Cache<String> cache = refreshing();
        cache.get("k", this::takesASecond);
        time.advance(MINUTE.minusSeconds(2));

        cache.get("k", this::takesASecond);
        cache.get("k", this::takesASecond);
        cache.get("k", this::takesASecond);
        runAll();

        assertThat(loads).hasValue(2);
    }

    @Test
    void aRefreshThatAnInvalidationOvertakesStoresNothing() {
        Cache<String> cache = refreshing();
        cache.get("k", this::takesASecond);
        time.advance(MINUTE.minusSeconds(2));
        cache.get("k", () -> {
            cache.delete("k");
            return "stale";
        });

        runAll();

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void aRefreshThatFailsLeavesTheValueUntilItsEnd() {
        Cache<String> cache = refreshing();
        cache.get("k", this::takesASecond);
        time.advance(MINUTE.minusSeconds(2));
        cache.get("k", () -> {
            throw new IllegalStateException("the source is down");
        });

        runAll();

        assertThat(cache.get("k")).isEqualTo("v1");
        assertThat(cache.stats().loadFailures()).isEqualTo(1);
        assertThat(cache.stats().staleServed()).isZero();
    }

    @Test
    void aValueThatWasPutIsNotRefreshed() {
        Cache<String> cache = refreshing();
        cache.put("k", "put");
        time.advance(MINUTE.minusMillis(1));

        assertThat(cache.get("k", this::takesASecond)).isEqualTo("put");

        assertThat(executor).isEmpty();
    }

    @Test
    void anAsynchronousHitNearTheEndLoadsAnewToo() {
        Cache<String> cache = refreshing();
        cache.get("k", this::takesASecond);
        time.advance(MINUTE.minusSeconds(2));

        CompletableFuture<String> hit = cache.async()
                .get("k", context -> CompletableFuture.completedFuture("v2"))
                .toCompletableFuture();
        assertThat(hit).isCompletedWithValue("v1");
        runAll();

        assertThat(cache.get("k")).isEqualTo("v2");
    }

    @Test
    void aLoaderSeesWhatItReplacesAndMaySayThatItStillHolds() {
        Cache<String> cache = service.cache(CacheSpec.of("c", String.class)
                .ttl(MINUTE)
                .jitter(0)
                .failSafe(FailSafe.DEFAULT)
                .build());
        cache.get("k", context -> {
            assertThat(context.staleValue()).isNull();
            assertThat(context.staleVersion()).isNull();
            context.version("etag-1").tags("t");
            return "v1";
        });
        time.advance(MINUTE);

        String value = cache.get("k", context -> {
            assertThat(context.staleValue()).isEqualTo("v1");
            assertThat(context.staleVersion()).isEqualTo("etag-1");
            context.notModified();
            return null;
        });

        assertThat(value).isEqualTo("v1");
        assertThat(cache.get("k")).isEqualTo("v1");
        assertThat(cache.ttl("k")).contains(MINUTE);
        assertThat(cache.getEntry("k").orElseThrow().version()).isEqualTo("etag-1");
        assertThat(cache.invalidateTags("t")).isEqualTo(1);
    }

    @Test
    void withoutAValueNothingStillHolds() {
        Cache<String> cache = refreshing();

        assertThatThrownBy(() -> cache.get("k", context -> {
                    context.notModified();
                    return null;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'k'");
    }

    @Test
    void aHitOfASlidingCacheProlongsLifeButNeverPastTheLifetime() {
        Cache<String> cache = service.cache(CacheSpec.of("s", String.class)
                .ttl(Duration.ofMinutes(3))
                .jitter(0)
                .sliding(true)
                .pointerTtl(MINUTE)
                .build());
        cache.put("idle", "v");
        cache.put("hot", "v");

        for (int i = 0; i < 3; i++) {
            time.advance(Duration.ofSeconds(50));
            assertThat(cache.get("hot")).isEqualTo("v");
        }
        assertThat(cache.get("idle")).isNull();

        time.advance(Duration.ofSeconds(29));
        assertThat(cache.get("hot")).isEqualTo("v");
        time.advance(Duration.ofSeconds(2));
        assertThat(cache.get("hot")).isNull();
    }

    @Test
    void aCallThatSkipsTheReadLoadsAndReplaces() {
        Cache<String> cache = refreshing();
        cache.put("k", "old");

        assertThat(cache.<RuntimeException>get("k", () -> "new", CallOptions.NONE.skipRead()))
                .isEqualTo("new");

        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void aCallThatSkipsTheWriteTakesWhatIsThereAndStoresNothing() {
        Cache<String> cache = refreshing();
        CallOptions own = CallOptions.NONE.skipWrite();

        assertThat(cache.<RuntimeException>get("k", () -> "own", own)).isEqualTo("own");
        assertThat(cache.get("k")).isNull();
        cache.put("k", "there");
        assertThat(cache.<RuntimeException>get("k", () -> "own", own)).isEqualTo("there");
    }

    private String takesASecond() {
        time.advance(Duration.ofSeconds(1));
        return "v" + loads.incrementAndGet();
    }

    private Cache<String> refreshing() {
        return service.cache(CacheSpec.of("c", String.class)
                .ttl(MINUTE)
                .jitter(0)
                .refreshAhead(RefreshAhead.DEFAULT)
                .build());
    }

    private void runAll() {
        for (Runnable next = executor.poll(); next != null; next = executor.poll()) {
            next.run();
        }
    }
}
