package io.lexigram.cache.backend.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheLoader;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.channel.ChannelTimer;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.Allocation;
import io.lexigram.cache.testing.HeapChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a hit of a copy costs. */
class TieredHitTest {

    private static final CacheLoader<String, RuntimeException> LOADER = () -> "loaded";

    @Test
    void a_hit_looks_at_the_time_once() {
        AtomicLong looks = new AtomicLong();
        Cache<String> cache = withOneCopy(new TimeSource(Clock.systemUTC(), () -> {
            looks.incrementAndGet();
            return System.nanoTime();
        }));
        looks.set(0);

        cache.get("a");
        assertThat(looks).hasValue(1);
        cache.get("a", LOADER);
        assertThat(looks).hasValue(2);
    }

    @Test
    void a_hit_allocates_nothing() throws Exception {
        assertThat(Allocation.reportedBy(Hits.class)).hasSize(2).allSatisfy((operation, bytes) -> assertThat(bytes)
                .isLessThan(1));
    }

    private static Cache<String> withOneCopy(TimeSource time) {
        ChannelTimer noBeats = (interval, task) -> new CompletableFuture<>();
        TieredBackend backend = TieredBackend.builder(memory(time), new SharedHeap(memory(time), new HeapChannel()))
                .time(time)
                .heartbeat(Duration.ofMinutes(1))
                .timer(noBeats)
                .build();
        Cache<String> cache = LexigramCache.builder()
                .codec(new JsonCodec())
                .time(time)
                .backend("both", backend)
                .build()
                .cache(CacheSpec.of("words", String.class)
                        .ttl(Duration.ofHours(1))
                        .build());
        cache.put("a", "one");
        return cache;
    }

    private static MemoryBackend memory(TimeSource time) {
        return MemoryBackend.builder().time(time).executor(Runnable::run).build();
    }

    /** Reads, in the JVM in which allocations are counted. */
    static final class Hits {

        public static void main(String[] arguments) {
            Cache<String> cache = withOneCopy(TimeSource.SYSTEM);
            Allocation.report("get", run -> cache.get("a"));
            Allocation.report("get or load", run -> cache.get("a", LOADER));
            assertThat(cache.stats().misses()).isZero();
        }
    }
}
