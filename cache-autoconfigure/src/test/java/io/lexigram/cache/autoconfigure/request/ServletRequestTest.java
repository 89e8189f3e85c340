package io.lexigram.cache.autoconfigure.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.Server;
import io.lexigram.cache.request.CurrentRequest;
import io.lexigram.cache.request.RequestMemo;
import io.lexigram.cache.request.RequestScopedReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Callable;
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

/** On a real Tomcat. */
class ServletRequestTest {

    @AutoClose
    private final Server server =
            Server.start(WebApplicationType.SERVLET, Application.class, "management.health.redis.enabled=false");

    @Test
    void a_method_runs_once_in_a_request_and_again_in_the_next() {
        assertThat(server.get("/twice").body()).isEqualTo("run 1, run 1");
        assertThat(server.get("/twice").body()).isEqualTo("run 2, run 2");
    }

    @Test
    void the_thread_that_computes_a_callable_is_part_of_the_request() {
        assertThat(server.get("/callable").body()).isEqualTo("run 1, run 1 on another thread");
        assertThat(server.get("/callable").body()).isEqualTo("run 2, run 2 on another thread");
        assertThat(server.get("/callable-alone").body()).isEqualTo("run 3, run 3");
        assertThat(server.get("/callable-alone").body()).isEqualTo("run 4, run 4");
    }

    @Test
    void an_asynchronous_dispatch_belongs_to_its_request() {
        assertThat(server.get("/dispatching").body()).isEqualTo("run 1, run 1");
    }

    @Test
    void a_thread_that_outlives_the_request_does_not_find_its_results() {
        server.get("/twice");
        RequestMemo memo = server.bean(Pages.class).seen();

        await().untilAsserted(() -> {
            memo.putIfAbsent("after", "the end");
            assertThat(memo.get("after")).isNull();
        });
    }

    @Test
    void so_it_is_after_an_asynchronous_request() {
        server.get("/dispatching");
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
        private final CurrentRequest request;
        private final CacheService caches;
        private final RequestScopedReads reads;
        private final AtomicReference<@Nullable RequestMemo> seen = new AtomicReference<>();

        Pages(Users users, CurrentRequest request, CacheService caches, RequestScopedReads reads) {
            this.users = users;
            this.request = request;
            this.caches = caches;
            this.reads = reads;
        }

        RequestMemo seen() {
            RequestMemo memo = seen.get();
            assertThat(memo).isNotNull();
            return memo;
        }

        @GetMapping("/twice")
        String twice() {
            seen.set(request.memo());
            return users.current() + ", " + users.current();
        }

        @GetMapping("/callable")
        Callable<String> callable() {
            Thread caller = Thread.currentThread();
            String first = users.current();
            return () ->
                    first + ", " + users.current() + (Thread.currentThread() == caller ? "" : " on another thread");
        }

        @GetMapping("/callable-alone")
        Callable<String> callableAlone() {
            return () -> users.current() + ", " + users.current();
        }

        @GetMapping("/dispatching")
        void dispatching(HttpServletRequest servlet) {
            seen.set(request.memo());
            servlet.setAttribute("first", users.current());
            servlet.startAsync().dispatch("/dispatched");
        }

        @GetMapping("/dispatched")
        String dispatched(HttpServletRequest servlet) {
            return servlet.getAttribute("first") + ", " + users.current();
        }

        @GetMapping("/reads")
        String reads() {
            CacheKey key = CacheKey.of("1").in("products");
            caches.put(key, "old");
            String first = reads.get(key, String.class);
            caches.put(key, "new");
            return first + ", " + reads.get(key, String.class);
        }
    }
}
