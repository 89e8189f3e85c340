package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class ReactorTest {

    private static final int LIMIT = 5;

    @AutoClose
    private final CachingContext context =
            CachingContext.of(Map.of("lexigram.cache.limits.flux-items", "" + LIMIT), Products.class, Inner.class);

    private final Products products = context.bean(Products.class);

    @Test
    void the_value_of_a_mono_is_cached() {
        assertThat(products.mono(1).block()).isEqualTo("run 1");
        assertThat(products.mono(1).block()).isEqualTo("run 1");

        assertThat(context.cache("mono", String.class).get("1")).isEqualTo("run 1");
    }

    @Test
    void nothing_runs_before_the_subscription() {
        products.mono(1);

        assertThat(products.runs()).isZero();
    }

    @Test
    void each_subscription_asks_the_cache_anew() {
        Mono<String> mono = products.mono(1);
        mono.block();
        context.cache("mono").invalidate("1");

        assertThat(mono.block()).isEqualTo("run 2");
    }

    @Test
    void each_run_passes_the_interceptors_after_the_cache() {
        Mono<String> mono = products.mono(1);
        mono.block();
        context.cache("mono").invalidate("1");
        mono.block();

        assertThat(context.bean(Inner.class).passed()).isEqualTo(2);
    }

    @Test
    void an_empty_mono_is_a_cached_null() {
        assertThat(products.empty(1).block()).isNull();
        assertThat(products.empty(1).block()).isNull();

        assertThat(products.runs()).isEqualTo(1);
    }

    @Test
    void an_error_reaches_the_subscriber_unchanged_and_is_not_cached() {
        StepVerifier.create(products.failing(1)).verifyErrorMatches(Products.FAILURE::equals);
        StepVerifier.create(products.failing(1)).verifyErrorMatches(Products.FAILURE::equals);

        assertThat(products.runs()).isEqualTo(2);
    }

    @Test
    void the_run_sees_the_context_of_the_subscriber() {
        assertThat(products.fromContext(1)
                        .contextWrite(context -> context.put("user", "Ada"))
                        .block())
                .isEqualTo("Ada");
    }

    @Test
    void subscribers_during_the_run_share_it_and_one_who_cancels_does_not_end_it() {
        TestPublisher<String> source = TestPublisher.create();
        AtomicBoolean cancelled = new AtomicBoolean();
        Mono<String> given = source.mono().doOnCancel(() -> cancelled.set(true));
        var first = products.given(1, given).subscribe();
        StepVerifier.create(products.given(1, Mono.never()))
                .then(first::dispose)
                .then(() -> source.emit("shared"))
                .expectNext("shared")
                .verifyComplete();

        assertThat(cancelled).isFalse();
    }

    @Test
    void the_items_of_a_flux_are_cached_as_a_list() {
        assertThat(products.flux(3).collectList().block()).containsExactly(1, 2, 3);
        assertThat(products.flux(3).collectList().block()).containsExactly(1, 2, 3);

        assertThat(products.runs()).isEqualTo(1);
        assertThat(context.caches()
                        .cache("flux", new TypeRef<List<Integer>>() {})
                        .get("3"))
                .containsExactly(1, 2, 3);
    }

    @Test
    void an_empty_flux_is_a_cached_empty_list() {
        assertThat(products.flux(0).collectList().block()).isEmpty();
        assertThat(products.flux(0).collectList().block()).isEmpty();

        assertThat(products.runs()).isEqualTo(1);
    }

    @Test
    void a_flux_of_just_as_many_items_as_the_limit_is_cached() {
        products.flux(LIMIT).blockLast();

        assertThat(context.cache("flux", List.class).exists("" + LIMIT)).isTrue();
    }

    @Test
    void a_longer_flux_is_handed_on_whole_and_not_cached() {
        assertThat(products.flux(LIMIT + 3).collectList().block()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(context.cache("flux").keys("*")).isEmpty();
    }

    @Test
    void a_longer_flux_runs_once() {
        products.flux(LIMIT + 3).blockLast();

        assertThat(products.runs()).isEqualTo(1);
    }

    @Test
    void the_rest_of_a_longer_flux_comes_at_the_pace_of_the_subscriber() {
        StepVerifier.create(products.flux(1_000), 0)
                .thenRequest(LIMIT + 2)
                .expectNextCount(LIMIT + 2)
                .thenCancel()
                .verify();

        assertThat(products.requested()).isLessThanOrEqualTo(LIMIT + 2);
    }

    @Test
    void who_cancels_a_longer_flux_cancels_its_source() {
        products.flux(1_000).take(LIMIT + 1).blockLast();

        assertThat(products.cancelled()).isTrue();
    }

    @Test
    void an_error_after_the_limit_reaches_the_subscriber() {
        StepVerifier.create(products.breaking(LIMIT + 2))
                .expectNextCount(LIMIT + 2)
                .verifyErrorMatches(Products.FAILURE::equals);
    }

    @Test
    void an_update_stores_the_value_of_a_mono() {
        products.save(1, Mono.just("saved")).block();

        assertThat(context.cache("mono", String.class).get("1")).isEqualTo("saved");
    }

    @Test
    void an_update_by_a_mono_of_nothing_takes_the_entry_away() {
        context.cache("mono").put("1", "old");
        products.touch(1).block();

        assertThat(context.cache("mono").exists("1")).isFalse();
    }

    @Test
    void an_update_stores_the_items_of_a_flux_and_hands_them_on_as_they_come() {
        Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
        StepVerifier.create(products.saveAll(1, source.asFlux()))
                .then(() -> source.tryEmitNext("a"))
                .expectNext("a")
                .then(() -> source.tryEmitNext("b"))
                .expectNext("b")
                .then(source::tryEmitComplete)
                .verifyComplete();

        assertThat(context.caches()
                        .cache("lists", new TypeRef<List<String>>() {})
                        .get("1"))
                .containsExactly("a", "b");
    }

    @Test
    void an_update_by_a_flux_too_long_takes_the_entry_away() {
        context.cache("lists").put("1", "old");
        products.saveAll(1, Flux.just("a", "b", "c", "d", "e", "f")).blockLast();

        assertThat(context.cache("lists").exists("1")).isFalse();
    }

    @Test
    void an_invalidation_waits_for_the_end_of_a_mono() {
        context.cache("mono").put("1", "old");
        StepVerifier.create(products.delete(1, Mono.just("deleted")))
                .expectNext("deleted")
                .verifyComplete();

        assertThat(context.cache("mono").exists("1")).isFalse();
    }

    @Test
    void an_invalidation_waits_for_the_end_of_a_flux() {
        context.cache("mono").put("1", "old");
        Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
        source.tryEmitNext("a");
        StepVerifier.create(products.deleteAll(1, source.asFlux()))
                .expectNext("a")
                .then(() -> assertThat(context.cache("mono").exists("1")).isTrue())
                .then(source::tryEmitComplete)
                .verifyComplete();

        assertThat(context.cache("mono").exists("1")).isFalse();
    }

    @Test
    void an_invalidation_waits_for_the_end_of_a_flux_too_long_for_the_cache() {
        context.cache("mono").put("1", "old");
        StepVerifier.create(products.fluxAndDelete(LIMIT + 2), 0)
                .thenRequest(LIMIT + 1)
                .expectNextCount(LIMIT + 1)
                .then(() -> assertThat(context.cache("mono").exists("1")).isTrue())
                .thenRequest(1)
                .expectNextCount(1)
                .verifyComplete();

        assertThat(context.cache("mono").exists("1")).isFalse();
    }

    @Test
    void an_error_invalidates_nothing() {
        context.cache("mono").put("1", "old");
        StepVerifier.create(products.delete(1, Mono.error(Products.FAILURE))).verifyError();

        assertThat(context.cache("mono").exists("1")).isTrue();
    }

    @Test
    void cancelling_a_mono_that_only_changes_caches_cancels_its_source() {
        TestPublisher<String> source = TestPublisher.create();
        products.delete(1, source.mono()).subscribe().dispose();

        source.assertCancelled();
    }

    @Configuration(proxyBeanMethods = false)
    static class Inner {

        private final AtomicInteger passed = new AtomicInteger();

        int passed() {
            return passed.get();
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        Advisor innermost() {
            AnnotationMatchingPointcut pointcut = AnnotationMatchingPointcut.forMethodAnnotation(Cached.class);
            return new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) invocation -> {
                passed.incrementAndGet();
                return invocation.proceed();
            });
        }
    }

    static class Products {

        static final IOException FAILURE = new IOException("no connection");

        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger requested = new AtomicInteger();
        private final AtomicBoolean cancelled = new AtomicBoolean();

        int runs() {
            return runs.get();
        }

        int requested() {
            return requested.get();
        }

        boolean cancelled() {
            return cancelled.get();
        }

        @Cached(cache = "mono", key = "#id")
        public Mono<String> mono(long id) {
            return Mono.just("run " + runs.incrementAndGet());
        }

        @Cached(cache = "mono", key = "#id")
        public Mono<String> empty(long id) {
            runs.incrementAndGet();
            return Mono.empty();
        }

        @Cached(cache = "mono", key = "#id")
        public Mono<String> failing(long id) {
            runs.incrementAndGet();
            return Mono.error(FAILURE);
        }

        @Cached(cache = "mono", key = "#id")
        public Mono<String> fromContext(long id) {
            return Mono.deferContextual(context -> Mono.just(context.get("user")));
        }

        @Cached(cache = "given", key = "#id")
        public Mono<String> given(long id, Mono<String> mono) {
            return mono;
        }

        @Cached(cache = "flux", key = "#count")
        public Flux<Integer> flux(int count) {
            runs.incrementAndGet();
            return Flux.range(1, count)
                    .doOnRequest(n -> requested.addAndGet((int) n))
                    .doOnCancel(() -> cancelled.set(true));
        }

        @Cached(cache = "flux", key = "#count")
        @CacheInvalidate(cache = "mono", allEntries = true)
        public Flux<Integer> fluxAndDelete(int count) {
            return Flux.range(1, count);
        }

        @Cached(cache = "flux", key = "#count")
        public Flux<Integer> breaking(int count) {
            return Flux.range(1, count).concatWith(Flux.error(FAILURE));
        }

        @CacheUpdate(cache = "mono", key = "#id")
        public Mono<String> save(long id, Mono<String> mono) {
            return mono;
        }

        @CacheUpdate(cache = "mono", key = "#id")
        public Mono<Void> touch(long id) {
            return Mono.empty();
        }

        @CacheUpdate(cache = "lists", key = "#id")
        public Flux<String> saveAll(long id, Flux<String> flux) {
            return flux;
        }

        @CacheInvalidate(cache = "mono", key = "#id")
        public Mono<String> delete(long id, Mono<String> mono) {
            return mono;
        }

        @CacheInvalidate(cache = "mono", key = "#id")
        public Flux<String> deleteAll(long id, Flux<String> flux) {
            return flux;
        }
    }
}
