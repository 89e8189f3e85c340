package io.lexigram.cache.autoconfigure.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.autoconfigure.Server;
import io.lexigram.cache.request.RequestMemo;
import io.lexigram.cache.request.RequestScopedReads;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** On a real Reactor Netty. */
class ReactiveRequestTest {

    @AutoClose
    private final Server server =
            Server.start(WebApplicationType.REACTIVE, Application.class, "management.health.redis.enabled=false");

    @Test
    void a_method_runs_once_in_a_request_and_again_in_the_next() {
        assertThat(server.get("/twice").body()).isEqualTo("run 1, run 1");
        assertThat(server.get("/twice").body()).isEqualTo("run 2, run 2");
    }

    @Test
    void it_does_not_matter_on_which_thread() {
        assertThat(server.get("/threads").body()).isEqualTo("run 1, run 1");
        assertThat(server.get("/threads").body()).isEqualTo("run 2, run 2");
    }

    @Test
    void subscriptions_at_once_share_one_run() {
        assertThat(server.get("/at-once").body()).isEqualTo("run 1, run 1");
    }

    @Test
    void the_memo_ends_with_the_request() {
        server.get("/twice");
        RequestMemo memo = server.bean(Pages.class).seen();

        await().untilAsserted(() -> {
            memo.putIfAbsent("after", "the end");
            assertThat(memo.get("after")).isNull();
        });
    }

    @Test
    void request_scoped_reads_see_one_state_for_one_request() {
        assertThat(server.get("/reads").body()).isEqualTo("old, old");
        assertThat(server.get("/reads").body()).isEqualTo("old, old");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Users.class, Pages.class})
    static class Application {}

    @RestController
    static class Pages {

        private final Users users;
        private final CacheService caches;
        private final RequestScopedReads reads;
        private final AtomicReference<@Nullable RequestMemo> seen = new AtomicReference<>();

        Pages(Users users, CacheService caches, RequestScopedReads reads) {
            this.users = users;
            this.caches = caches;
            this.reads = reads;
        }

        RequestMemo seen() {
            RequestMemo memo = seen.get();
            assertThat(memo).isNotNull();
            return memo;
        }

        @GetMapping("/twice")
        Mono<String> twice() {
            return Mono.deferContextual(context -> {
                seen.set(context.get(RequestMemo.class));
                return users.later().flatMap(first -> users.later().map(second -> first + ", " + second));
            });
        }

        @GetMapping("/threads")
        Mono<String> threads() {
            return users.later().publishOn(Schedulers.parallel()).flatMap(first -> users.later()
                    .subscribeOn(Schedulers.boundedElastic())
                    .map(second -> first + ", " + second));
        }

        @GetMapping("/at-once")
        Mono<String> atOnce() {
            return Mono.zip(
                    users.later().subscribeOn(Schedulers.parallel()),
                    users.later().subscribeOn(Schedulers.parallel()),
                    (first, second) -> first + ", " + second);
        }

        @GetMapping("/reads")
        Mono<String> reads() {
            CacheKey key = CacheKey.of("1").in("products");
            caches.put(key, "old");
            Mono<String> read = Mono.deferContextual(request -> Mono.fromCompletionStage(
                            reads.in(request.get(RequestMemo.class)).lookupAsync(key, TypeRef.of(String.class)))
                    .map(found -> String.valueOf(found.orElse(null))));
            return read.flatMap(first -> {
                caches.put(key, "new");
                return read.map(second -> first + ", " + second);
            });
        }
    }
}
