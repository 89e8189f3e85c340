package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheLoader;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.testing.Allocation;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hit in memory leaves to the garbage collector, with statistics as always. */
class LocalHitAllocationTest {

    /** Of an object with one reference, where references take four bytes. */
    private static final double SMALL_OBJECT = 16;

    private static Map<String, Double> bytes = Map.of();

    @BeforeAll
    static void measure() throws Exception {
        bytes = Allocation.reportedBy(Hits.class);
    }

    @Test
    void an_object_is_noticed_although_nobody_keeps_it() {
        assertThat(bytes.get("an object")).isEqualTo(SMALL_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "get or load",
                "get or load adaptively",
                "get or load with options",
                "get local",
                "memoized",
                "get of a service",
                "get with tags, fail-safe, sliding, noted"
            })
    void a_hit_allocates_nothing(String operation) {
        assertThat(bytes.get(operation)).isLessThan(1);
    }

    @Test
    void a_lookup_allocates_its_answer_alone() {
        assertThat(bytes.get("lookup")).isBetween(1.0, SMALL_OBJECT + 1);
    }

    /** Reads, in the JVM in which allocations are counted. */
    static final class Hits {

        private static final int KEYS = 64;
        private static final CacheLoader<String, RuntimeException> LOADER = () -> "loaded";
        private static final AdaptiveLoader<String, RuntimeException> ADAPTIVE = context -> "loaded";

        private final CacheService service = LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("memory", MemoryBackend.builder().build())
                .build();
        private final String[] keys =
                IntStream.range(0, KEYS).mapToObj(i -> "key" + i).toArray(String[]::new);

        public static void main(String[] arguments) {
            new Hits().report();
        }

        private void report() {
            Cache<String> words = cache("words", UnaryOperator.identity());
            Function<String, @Nullable String> memo = words.memoize(key -> "loaded");
            Cache<String> elaborate = cache("elaborate", policy -> policy.tags("tag")
                    .failSafe(FailSafe.DEFAULT)
                    .sliding(true)
                    .pointerTtl(Duration.ofMinutes(30))
                    .accessTracking(true));
            Allocation.report("an object", run -> new Object[0]);
            report("get", words::get);
            report("get or load", key -> words.get(key, LOADER));
            report("get or load adaptively", key -> words.get(key, ADAPTIVE));
            report("get or load with options", key -> words.get(key, LOADER, CallOptions.NONE));
            report("get local", key -> words.getLocal(key, "other"));
            report("memoized", memo::apply);
            report("lookup", words::lookup);
            CacheKey first = CacheKey.of(keys[0]).in("words");
            Allocation.report("get of a service", run -> service.get(first, String.class));
            report("get with tags, fail-safe, sliding, noted", key -> elaborate.get(key, LOADER));
            assertThat(words.stats().misses()).isEqualTo(KEYS);
        }

        private Cache<String> cache(String name, UnaryOperator<CacheSpec.Builder<String>> policy) {
            Cache<String> cache =
                    service.cache(policy.apply(CacheSpec.of(name, String.class).ttl(Duration.ofHours(1)))
                            .build());
            for (String key : keys) {
                cache.get(key, LOADER);
            }
            return cache;
        }

        private void report(String name, Function<String, @Nullable Object> read) {
            Allocation.report(name, run -> read.apply(keys[run % KEYS]));
        }
    }
}
