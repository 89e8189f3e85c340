package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Keys that name their namespace reach it, whatever has become of it since they last did. */
class RecentHandlesTest {

    private static final CacheKey KEY = CacheKey.of("k").in("a");

    private final ManualTime time = new ManualTime();
    private final CacheService service = LexigramCache.builder()
            .codec(new JsonCodec())
            .time(time.source())
            .maxCaches(3)
            .backend("memory", memory())
            .backend("second", memory())
            .defaultBackend("memory")
            .build();

    private MemoryBackend memory() {
        return MemoryBackend.builder().time(time.source()).build();
    }

    private void put(String namespace, String value) {
        time.advance(Duration.ofSeconds(1));
        service.put(CacheKey.of("k").in(namespace), value);
    }

    @Test
    void a_namespace_that_gave_way_is_opened_anew() {
        service.cache("held", String.class);
        put("a", "old");
        put("b", "other");
        put("c", "one too many");
        assertThat(service.cacheNames()).doesNotContain("a");

        put("a", "new");

        assertThat(service.get(KEY, String.class)).isEqualTo("new");
        assertThat(service.deleteNamespace("a")).isEqualTo(1);
        assertThat(service.get(KEY, String.class)).isNull();
    }

    @Test
    void a_policy_that_becomes_known_later_is_in_force() {
        put("a", "before");

        service.cache(CacheSpec.of("a", String.class)
                .ttl(Duration.ofSeconds(5))
                .jitter(0)
                .build());
        put("a", "after");

        assertThat(service.ttl(KEY)).hasValue(Duration.ofSeconds(5));
    }

    @Test
    void backends_and_types_are_not_mixed_up() {
        put("a", "first");
        service.on("second").put(KEY, 2);

        assertThat(service.get(KEY, String.class)).isEqualTo("first");
        assertThat(service.on("second").get(KEY, Integer.class)).isEqualTo(2);
        assertThat(service.get(KEY, String.class)).isEqualTo("first");
    }
}
