package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a service still does when it is closed. Its timer is shut down, so that nothing is delivered at intervals. */
class ClosingTest {

    private final FailingBackend backend = new FailingBackend();
    private final AtomicReference<@Nullable EntryStore> store = new AtomicReference<>();
    private final AtomicBoolean toldAtClose = new AtomicBoolean();

    @Test
    void pending_invalidations_are_delivered_before_the_backend_is_closed() {
        CacheService service = withPendingDelete(Runnable::run);
        backend.down(false);

        service.close();

        assertThat(toldAtClose).isTrue();
    }

    @Test
    void a_backend_that_is_still_out_of_reach_is_closed_without_them() {
        CacheService service = withPendingDelete(Runnable::run);

        service.close();

        assertThat(toldAtClose).isFalse();
        assertThat(service.metrics().pendingInvalidations()).isPositive();
    }

    @Test
    void an_executor_that_takes_no_more_work_does_not_hold_up_the_end() {
        CacheService service = withPendingDelete(task -> {
            throw new RejectedExecutionException();
        });

        service.close();

        assertThat(service.metrics().pendingInvalidations()).isPositive();
    }

    private CacheService withPendingDelete(Executor executor) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        timer.shutdown();
        CacheService service = LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("far", watched(backend.asBackend()))
                .circuitBreaker(null)
                .scheduler(timer)
                .executor(executor)
                .build();
        Cache<String> cache = service.cache(CacheSpec.of("c", String.class).build());
        cache.put("k", "old");
        backend.down(true);
        cache.delete("k");
        assertThat(service.metrics().pendingInvalidations()).isPositive();
        return service;
    }

    /** Notes, when it is closed, whether the entry is gone. */
    private CacheBackend watched(CacheBackend target) {
        return (CacheBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CacheBackend.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        EntryStore opened = store.get();
                        toldAtClose.set(isTold(opened));
                    }
                    Object result = method.invoke(target, arguments);
                    if (result instanceof EntryStore opened) {
                        store.set(opened);
                    }
                    return result;
                });
    }

    private static boolean isTold(@Nullable EntryStore opened) {
        try {
            return opened != null && opened.read("k", TypeRef.of(Object.class)) == null;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
