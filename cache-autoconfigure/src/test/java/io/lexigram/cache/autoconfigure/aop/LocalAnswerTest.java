package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Calls that are answered from memory at once, and calls that must not be. */
class LocalAnswerTest {

    @AutoClose
    private final CachingContext context =
            CachingContext.of(Map.of(), LocalAnswerTest::alwaysRefreshing, Numbers.class);

    private final Numbers numbers = context.bean(Numbers.class);

    /** Each hit of the cache {@code refreshed} loads anew, on the thread that asks. */
    private static CacheService alwaysRefreshing() {
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .executor(Runnable::run)
                .random(() -> Math.nextDown(1.0))
                .cache(CacheSpec.of("refreshed", Object.class)
                        .refreshAhead(new RefreshAhead(1e15))
                        .build())
                .backend("memory", MemoryBackend.builder().build())
                .build();
    }

    @Test
    void a_hit_and_a_miss_are_counted_once() {
        numbers.number("a");
        numbers.number("a");
        numbers.number("a");

        Cache<Object> cache = context.cache("numbers");
        assertThat(cache.stats().hits()).isEqualTo(2);
        assertThat(cache.stats().misses()).isEqualTo(1);
        assertThat(numbers.runs()).hasValue(1);
    }

    @Test
    void a_hit_of_a_cache_that_refreshes_ahead_still_does() {
        numbers.refreshed("a");

        numbers.refreshed("a");

        assertThat(numbers.runs()).hasValue(2);
    }

    @Test
    void a_method_of_a_primitive_type_runs_where_somebody_has_cached_null() {
        context.cache("primitive").put("a", null);

        assertThat(numbers.primitive("a")).isEqualTo(1);
    }

    @Test
    void a_call_whose_condition_is_false_is_not_answered() {
        context.cache("conditional").put("a", 7);

        assertThat(numbers.conditional("a")).isEqualTo(1);
    }

    @Test
    void a_key_without_a_plain_text_is_found_all_the_same() {
        assertThat(numbers.hashed(Map.of("a", 1))).isEqualTo(1);
        assertThat(numbers.hashed(Map.of("a", 1))).isEqualTo(1);
        assertThat(numbers.hashed(null)).as("not cached").isEqualTo(2);
    }

    @Test
    void a_key_that_cannot_be_one_leaves_the_call_uncached() {
        assertThat(numbers.number("\n")).isEqualTo(1);
        assertThat(numbers.number("\n")).isEqualTo(2);
    }

    @Test
    void each_caller_gets_a_future_of_its_own() {
        numbers.future("a");

        CompletableFuture<Integer> own = numbers.future("a");
        own.obtrudeValue(9);

        assertThat(numbers.future("a")).isCompletedWithValue(1);
        assertThat(numbers.runs()).hasValue(1);
    }

    static class Numbers {

        private final AtomicInteger runs = new AtomicInteger();

        @Cached(cache = "numbers", key = "#key")
        public Integer number(String key) {
            return runs.incrementAndGet();
        }

        @Cached(cache = "refreshed", key = "#key")
        public Integer refreshed(String key) {
            return slowly();
        }

        @Cached(cache = "primitive", key = "#key")
        public int primitive(String key) {
            return runs.incrementAndGet();
        }

        @Cached(cache = "conditional", key = "#key", condition = "#key != 'a'")
        public Integer conditional(String key) {
            return runs.incrementAndGet();
        }

        @Cached(cache = "hashed", key = "#key")
        public Integer hashed(@Nullable Map<String, Integer> key) {
            return runs.incrementAndGet();
        }

        @Cached(cache = "futures", key = "#key")
        public CompletableFuture<Integer> future(String key) {
            return CompletableFuture.completedFuture(runs.incrementAndGet());
        }

        /** A proxy has no fields of its own. */
        public AtomicInteger runs() {
            return runs;
        }

        /** For a load of no time is never repeated. */
        private int slowly() {
            long started = System.nanoTime();
            while (System.nanoTime() == started) {
                Thread.onSpinWait();
            }
            return runs.incrementAndGet();
        }
    }
}
