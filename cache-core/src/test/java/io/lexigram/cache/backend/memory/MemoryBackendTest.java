package io.lexigram.cache.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.RemovalCause;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only a backend in memory does; the rest is in the contract. */
class MemoryBackendTest {

    private final ManualTime time = new ManualTime();
    private final List<CacheEvent> events = new ArrayList<>();

    @Test
    void holdsTheObjectsThemselves() {
        Cache<Object> cache = service(MemoryBackend.builder()).cache("c", Object.class);
        Object value = new Object();

        cache.put("k", value);

        assertThat(cache.get("k")).isSameAs(value);
    }

    @Test
    void keepsToItsNumberOfEntriesAndCountsWhatItEvicts() {
        Cache<String> cache = service(MemoryBackend.builder().maxSize(10)).cache("c", String.class);

        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }

        assertThat(cache.stats().totalEntries()).isEqualTo(10);
        assertThat(cache.stats().evictions()).isEqualTo(90);
    }

    /** The others were each written twice and never read. */
    @Test
    void whatIsReadOftenStaysWhereRoomIsShort() {
        Cache<String> cache = service(MemoryBackend.builder().maxSize(100)).cache("c", String.class);
        for (int i = 0; i < 200; i++) {
            cache.put("k" + i % 100, "v");
        }
        cache.put("read", "v");
        for (int i = 0; i < 10; i++) {
            assertThat(cache.get("read")).isEqualTo("v");
        }
        for (int i = 0; i < 50; i++) {
            cache.put("later" + i, "v");
        }

        assertThat(cache.get("read")).isEqualTo("v");
    }

    @Test
    void aCachesOwnBoundGoesBeforeTheBackends() {
        Cache<String> cache = service(MemoryBackend.builder().maxSize(10))
                .cache(CacheSpec.of("c", String.class).maxEntries(3).build());

        for (int i = 0; i < 10; i++) {
            cache.put("k" + i, "v");
        }

        assertThat(cache.stats().totalEntries()).isEqualTo(3);
    }

    @Test
    void keepsToItsBytes() {
        Cache<byte[]> cache = service(MemoryBackend.builder().maxSize(1_000).maxMemory(100_000))
                .cache("c", byte[].class);

        for (int i = 0; i < 50; i++) {
            cache.put("k" + i, new byte[10_000]);
        }

        assertThat(cache.stats().memoryUsageBytes()).isBetween(50_000L, 100_000L);
        assertThat(cache.stats().totalEntries()).isBetween(5L, 10L);
    }

    @Test
    void aBoundInBytesDoesNotLiftTheBoundInEntries() {
        Cache<String> cache = service(MemoryBackend.builder().maxSize(10).maxMemory(10_000_000))
                .cache("c", String.class);

        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }

        assertThat(cache.stats().totalEntries()).isLessThanOrEqualTo(10);
    }

    @Test
    void tellsWhyAnEntryLeft() {
        Cache<String> cache = service(MemoryBackend.builder().maxSize(2))
                .cache(CacheSpec.of("c", String.class)
                        .ttl(Duration.ofSeconds(1))
                        .jitter(0)
                        .build());

        cache.put("replaced", "1");
        cache.put("replaced", "2");
        cache.delete("replaced");
        cache.put("expired", "v");
        time.advance(Duration.ofSeconds(3));
        cache.cleanupExpired();
        for (int i = 0; i < 3; i++) {
            cache.put("k" + i, "v");
        }

        assertThat(events)
                .filteredOn(CacheEvent.Evicted.class::isInstance)
                .extracting(event -> ((CacheEvent.Evicted) event).cause())
                .containsExactly(RemovalCause.REPLACED, RemovalCause.EXPLICIT, RemovalCause.EXPIRED, RemovalCause.SIZE);
        assertThat(cache.stats().expirations()).isEqualTo(1);
        assertThat(cache.stats().evictions()).isEqualTo(1);
    }

    @Test
    void cleaningUpCountsWhatHadExpired() {
        Cache<String> cache = service(MemoryBackend.builder())
                .cache(CacheSpec.of("c", String.class)
                        .ttl(Duration.ofSeconds(1))
                        .jitter(0)
                        .build());
        cache.put("a", "v");
        cache.put("b", "v");
        time.advance(Duration.ofSeconds(3));

        assertThat(cache.cleanupExpired()).isEqualTo(2);
        assertThat(cache.cleanupExpired()).isZero();
    }

    @Test
    void tracksAccessExactlyWhereAsked() {
        Cache<String> cache = service(MemoryBackend.builder())
                .cache(CacheSpec.of("c", String.class).accessTracking(true).build());
        cache.put("k", "v");
        time.advance(Duration.ofSeconds(3));
        cache.get("k");
        cache.get("k");

        var entry = cache.getEntry("k").orElseThrow();

        assertThat(entry.hitCount()).isEqualTo(2);
        assertThat(entry.lastAccessed()).isEqualTo(time.now());
    }

    @Test
    void knowsItsOldestAndNewestEntry() {
        Cache<String> cache = service(MemoryBackend.builder()).cache("c", String.class);
        var first = time.now();
        cache.put("a", "v");
        time.advance(Duration.ofSeconds(5));
        cache.put("b", "v");

        assertThat(cache.stats().oldestEntry()).isEqualTo(first);
        assertThat(cache.stats().newestEntry()).isEqualTo(time.now());
    }

    private CacheService service(MemoryBackend.Builder backend) {
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .time(time.source())
                .executor(Runnable::run)
                .listenerExecutor(Runnable::run)
                .listener(events::add)
                .backend(
                        "memory",
                        backend.time(time.source()).executor(Runnable::run).build())
                .build();
    }
}
