package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.annotation.Cached;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A cached facade over a cached repository, with one cache and one key. */
@Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestedCallTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Facade.class, Repository.class);

    private final Facade facade = context.bean(Facade.class);

    @Test
    void a_method_may_call_one_with_the_same_key() {
        assertThat(facade.find(1)).isEqualTo("of facade: found 1");
        assertThat(context.cache("nested", String.class).get("1")).isEqualTo("of facade: found 1");
    }

    @Test
    void so_may_one_that_returns_a_future() {
        assertThat(facade.later(1).join()).isEqualTo("of facade: found 1");
    }

    @Test
    void so_may_one_that_waits_for_a_future() {
        assertThat(facade.waiting(1)).isEqualTo("of facade: found 1");
    }

    @Test
    void so_may_one_that_returns_a_mono() {
        assertThat(facade.mono(1).block()).isEqualTo("of facade: found 1");
    }

    @Test
    void so_may_one_whose_mono_comes_from_another_thread() {
        assertThat(facade.delayed(1).block()).isEqualTo("of facade: found 1");
    }

    @Test
    void so_may_one_that_returns_a_flux() {
        assertThat(facade.flux(1).collectList().block()).containsExactly("of facade", "found 1");
    }

    @Test
    void the_same_key_of_another_cache_is_cached() {
        facade.other(1);

        assertThat(context.cache("nested").exists("1")).isTrue();
    }

    static class Facade {

        private final Repository repository;

        Facade(Repository repository) {
            this.repository = repository;
        }

        @Cached(cache = "nested", key = "#id")
        public String find(long id) {
            return "of facade: " + repository.find(id);
        }

        @Cached(cache = "nested", key = "#id")
        public CompletableFuture<String> later(long id) {
            return repository.later(id).thenApply("of facade: "::concat);
        }

        @Cached(cache = "nested", key = "#id")
        public String waiting(long id) {
            return "of facade: " + repository.later(id).join();
        }

        @Cached(cache = "nested", key = "#id")
        public Mono<String> mono(long id) {
            return repository.mono(id).map("of facade: "::concat);
        }

        @Cached(cache = "nested", key = "#id")
        public Mono<String> delayed(long id) {
            return Mono.delay(Duration.ofMillis(1)).then(repository.mono(id)).map("of facade: "::concat);
        }

        @Cached(cache = "nested", key = "#id")
        public Flux<String> flux(long id) {
            return repository.flux(id).startWith("of facade");
        }

        @Cached(cache = "other", key = "#id")
        public String other(long id) {
            return repository.find(id);
        }
    }

    static class Repository {

        @Cached(cache = "nested", key = "#id")
        public String find(long id) {
            return "found " + id;
        }

        @Cached(cache = "nested", key = "#id")
        public CompletableFuture<String> later(long id) {
            return CompletableFuture.completedFuture("found " + id);
        }

        @Cached(cache = "nested", key = "#id")
        public Mono<String> mono(long id) {
            return Mono.just("found " + id);
        }

        @Cached(cache = "nested", key = "#id")
        public Flux<String> flux(long id) {
            return Flux.just("found " + id);
        }
    }
}
