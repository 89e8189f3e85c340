package io.lexigram.cache.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvictionsTest {

    private final CacheService service = LexigramCache.builder()
            .codec(new JsonCodec())
            .backend("memory", MemoryBackend.builder().build())
            .build();
    private final Cache<String> users = service.cache("users", String.class);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void an_eviction_that_takes_too_long_goes_on_without_its_caller() {
        List<Runnable> late = new ArrayList<>();
        users.put("1", "Ada");

        assertThatThrownBy(() -> new Evictions(late::add, Duration.ofMillis(1)).all(users))
                .isInstanceOf(Evictions.StillEvictingException.class)
                .hasMessage("The eviction is still under way after 1 ms and goes on");
        late.forEach(Runnable::run);

        assertThat(users.exists("1")).isFalse();
    }

    @Test
    void a_caller_that_is_interrupted_stays_so() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Evictions(task -> {}, Duration.ofMinutes(1)).all(users))
                .isInstanceOf(Evictions.StillEvictingException.class);

        assertThat(Thread.interrupted()).isTrue();
    }
}
