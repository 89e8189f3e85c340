package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.testing.Allocation;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;

/** What a hit of an annotated method allocates beyond a proxy with an interceptor that does nothing. */
class AnnotatedHitAllocationTest {

    /** Of an optional, and of a future that is complete. */
    private static final double WRAPPING = 24;

    private static Map<String, Double> bytes = Map.of();

    @BeforeAll
    static void measure() throws Exception {
        bytes = Allocation.reportedBy(Hits.class);
    }

    @Test
    void a_hit_whose_key_is_an_argument_allocates_nothing_beyond_the_proxy() {
        assertThat(bytes.get("proxy")).isGreaterThan(1);
        assertThat(bytes.get("value")).isLessThan(bytes.get("proxy") + 1);
    }

    @Test
    void a_wrapped_hit_allocates_its_wrapping_beside() {
        assertThat(bytes.get("optional")).isLessThan(bytes.get("proxy") + WRAPPING + 1);
        assertThat(bytes.get("future")).isLessThan(bytes.get("proxy") + WRAPPING + 1);
    }

    @Test
    void a_hit_whose_key_is_a_property_allocates_the_call_beside() {
        assertThat(bytes.get("property")).isLessThan(bytes.get("proxy") + 72 + 1);
    }

    /** Calls, in the JVM in which allocations are counted. */
    static final class Hits {

        private static final int KEYS = 64;

        private static final String[] KEY =
                IntStream.range(0, KEYS).mapToObj(i -> "key" + i).toArray(String[]::new);

        public static void main(String[] arguments) {
            try (CachingContext context = CachingContext.of(Words.class)) {
                Words words = context.bean(Words.class);
                report("proxy", proxied(new Words())::same);
                report("value", words::upper);
                report("optional", words::optional);
                report("future", words::future);
                Word[] boxed =
                        IntStream.range(0, KEYS).mapToObj(i -> new Word(KEY[i])).toArray(Word[]::new);
                Allocation.report("property", run -> words.property(boxed[run % KEYS]));
                assertThat(context.cache("upper").stats().misses()).isEqualTo(KEYS);
            }
        }

        private static Words proxied(Words words) {
            ProxyFactory factory = new ProxyFactory(words);
            factory.setProxyTargetClass(true);
            factory.addAdvice((MethodInterceptor) invocation -> invocation.proceed());
            return (Words) factory.getProxy();
        }

        private static void report(String name, Function<String, @Nullable Object> call) {
            Allocation.report(name, run -> call.apply(KEY[run % KEYS]));
        }
    }

    record Word(String text) {}

    static class Words {

        @Cached(cache = "upper", key = "#word")
        public String upper(String word) {
            return word.toUpperCase(Locale.ROOT);
        }

        @Cached(cache = "property", key = "#word.text")
        public String property(Word word) {
            return word.text();
        }

        @Cached(cache = "optional", key = "#word")
        public Optional<String> optional(String word) {
            return Optional.of(word);
        }

        @Cached(cache = "future", key = "#word")
        public CompletableFuture<String> future(String word) {
            return CompletableFuture.completedFuture(word);
        }

        public String same(String word) {
            return word;
        }
    }
}
