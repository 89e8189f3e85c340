package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.annotation.RequestCached;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import reactor.core.publisher.Mono;

class RequestCachedTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(TwoBeans.class);

    private final Users users = context.bean("users", Users.class);

    @BeforeEach
    void beginRequest() {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
    }

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void a_method_runs_once_in_a_request() {
        assertThat(users.current("a")).isEqualTo("a run 1");
        assertThat(users.current("a")).isEqualTo("a run 1");
        assertThat(users.current("b")).isEqualTo("b run 2");
    }

    @Test
    void it_runs_again_in_the_next_request() {
        users.current("a");
        beginRequest();

        assertThat(users.current("a")).isEqualTo("a run 2");
    }

    @Test
    void outside_a_request_it_simply_runs() {
        endRequest();
        users.current("a");

        assertThat(users.current("a")).isEqualTo("a run 2");
    }

    @Test
    void after_the_end_of_the_request_it_simply_runs() {
        var request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        request.requestCompleted();
        users.current("a");

        assertThat(users.current("a")).isEqualTo("a run 2");
    }

    @Test
    void null_is_a_result() {
        assertThat(users.nobody()).isNull();
        assertThat(users.nobody()).isNull();

        assertThat(users.runs()).isEqualTo(1);
    }

    @Test
    void a_failure_is_none() {
        assertThatThrownBy(users::failing).hasMessage("run 1");
        assertThatThrownBy(users::failing).hasMessage("run 2");
    }

    @Test
    void the_key_decides_what_is_the_same_call() {
        assertThat(users.byLength("ab")).isEqualTo("ab run 1");
        assertThat(users.byLength("cd")).isEqualTo("ab run 1");
    }

    @Test
    void another_bean_of_the_same_class_has_results_of_its_own() {
        Users second = context.bean("second", Users.class);
        second.current("b");
        users.current("a");

        assertThat(second.current("a")).isEqualTo("a run 2");
    }

    @Test
    void the_request_is_asked_before_the_cache() {
        users.cached("a");
        context.cache("users").put("a", "changed");

        assertThat(users.cached("a")).isEqualTo("a run 1");
    }

    @Test
    void a_future_is_shared() {
        assertThat(users.later("a").join()).isEqualTo("a run 1");
        assertThat(users.later("a").join()).isEqualTo("a run 1");
    }

    @Test
    void a_future_that_fails_is_not() {
        assertThat(users.failingLater()).isCompletedExceptionally();
        assertThat(users.failingLater()).isCompletedExceptionally();

        assertThat(users.runs()).isEqualTo(2);
    }

    @Test
    void a_mono_is_shared_wherever_it_is_subscribed_to() {
        Mono<String> first = users.mono("a");
        Mono<String> second = users.mono("a");
        endRequest();

        assertThat(first.block()).isEqualTo("a run 1");
        assertThat(second.block()).isEqualTo("a run 1");
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoBeans {

        @Bean
        Users users() {
            return new Users();
        }

        @Bean
        Users second() {
            return new Users();
        }
    }

    static class Users {

        private final AtomicInteger runs = new AtomicInteger();

        int runs() {
            return runs.get();
        }

        @RequestCached
        public String current(String name) {
            return name + " run " + runs.incrementAndGet();
        }

        @RequestCached
        public @Nullable String nobody() {
            runs.incrementAndGet();
            return null;
        }

        @RequestCached
        public String failing() {
            throw new IllegalStateException("run " + runs.incrementAndGet());
        }

        @RequestCached(key = "#name.length()")
        public String byLength(String name) {
            return run(name);
        }

        @RequestCached
        @Cached(cache = "users", key = "#name")
        public String cached(String name) {
            return run(name);
        }

        @RequestCached
        public CompletableFuture<String> later(String name) {
            return CompletableFuture.completedFuture(run(name));
        }

        @RequestCached
        public CompletableFuture<String> failingLater() {
            return CompletableFuture.failedFuture(new IllegalStateException(run("")));
        }

        @RequestCached
        public Mono<String> mono(String name) {
            return Mono.fromSupplier(() -> run(name));
        }

        private String run(String name) {
            return name + " run " + runs.incrementAndGet();
        }
    }
}
