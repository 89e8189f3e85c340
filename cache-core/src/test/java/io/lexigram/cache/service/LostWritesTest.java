package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A backend confirms an invalidation, loses it, and says that it may have. */
class LostWritesTest {

    private final FailingBackend backend = new FailingBackend();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final CacheService service = LexigramCache.builder()
            .codec(NoCodec.INSTANCE)
            .defaultCodec("none")
            .backend("far", backend.asBackend())
            .scheduler(scheduler)
            .build();
    private final Cache<String> cache =
            service.cache(CacheSpec.of("c", String.class).tags("t").build());

    @AfterEach
    void stop() {
        service.close();
        scheduler.shutdownNow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.lexigram.cache.service.EveryInvalidation#all")
    void what_the_backend_lost_is_invalidated_again_and_absent_here_until_it_is(
            String name, BiConsumer<CacheService, Cache<String>> invalidation) {
        cache.put("k", "old");
        StoredEntry old = Objects.requireNonNull(stored());
        invalidation.accept(service, cache);
        assertThat(stored()).isNull();

        backend.down(true);
        backend.held().write("k", old);
        backend.loseConfirmed();
        backend.down(false);

        assertThat(cache.get("k")).isNull();
        await().until(() -> service.metrics().pendingInvalidations() == 0);
        assertThat(stored()).isNull();
    }

    @Test
    void what_was_not_invalidated_stays() {
        cache.put("other", "v");
        cache.delete("k");

        backend.loseConfirmed();
        await().until(() -> service.metrics().pendingInvalidations() == 0);

        assertThat(cache.get("other")).isEqualTo("v");
    }

    private @Nullable StoredEntry stored() {
        return backend.held().read("k", TypeRef.of(String.class));
    }
}
