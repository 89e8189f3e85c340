package io.lexigram.cache.backend.tiered;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memcached.MemcachedSettings;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.testing.ManualTime;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies before a Memcached, over which nodes tell each other nothing. */
class MemcachedTiersIT {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String OLD = "old";

    private final ManualTime time = new ManualTime();
    private final KeyCodec keys = MemcachedBackend.keys("tiers-" + UUID.randomUUID());
    private final List<CacheService> nodes = new ArrayList<>();
    private final CacheService service = node();
    private final Cache<String> here = words(service);
    private final Cache<String> there = words(node());

    private CacheService node() {
        MemcachedSettings settings =
                new MemcachedSettings(List.of(MemcachedServer.shared().address()), DEADLINE, DEADLINE, 1);
        CacheService node = LexigramCache.builder()
                .codec(new JsonCodec())
                .time(time.source())
                .failOpen(false)
                .backend(
                        "both",
                        TieredBackend.builder(
                                        MemoryBackend.builder()
                                                .time(time.source())
                                                .executor(Runnable::run)
                                                .build(),
                                        new EncodedBackend(
                                                MemcachedBackend.listingKeys(settings, keys, time.source()),
                                                keys,
                                                DEADLINE,
                                                time.source()))
                                .time(time.source())
                                .build())
                .build();
        nodes.add(node);
        return node;
    }

    private static Cache<String> words(CacheService service) {
        return service.cache(CacheSpec.of("words", String.class).eternal().build());
    }

    @AfterEach
    void close() {
        nodes.forEach(CacheService::close);
    }

    private static String answeredBy(Cache<String> cache) {
        return cache.inspect("a").answeredBy();
    }

    @Test
    void what_a_node_changed_or_invalidated_is_not_served_there_again_however_young_its_copy() {
        List<Consumer<Cache<String>>> changes = List.of(
                words -> words.put("a", "new"),
                words -> words.delete("a"),
                words -> words.invalidateTags("red"),
                words -> words.deletePattern("a*"),
                words -> words.clear(),
                words -> service.invalidateTags("red"),
                words -> service.deleteNamespace("words"),
                words -> service.clear());
        for (Consumer<Cache<String>> change : changes) {
            here.put("a", OLD, CallOptions.NONE.tags("red"));
            assertThat(answeredBy(here)).isEqualTo("both.l1");

            change.accept(here);

            assertThat(here.get("a")).isNotEqualTo(OLD);
        }
    }

    @Test
    void another_node_serves_a_copy_for_five_seconds_at_most() {
        there.put("a", OLD);
        here.put("a", "new");

        time.advance(Duration.ofMillis(4_999));
        assertThat(there.get("a")).isEqualTo(OLD);
        time.advance(Duration.ofMillis(1));
        assertThat(there.get("a")).isEqualTo("new");

        here.clear();
        time.advance(Duration.ofSeconds(5));
        assertThat(there.get("a")).isNull();
    }

    @Test
    void what_was_loaded_before_another_node_invalidated_it_is_not_stored_and_copied_for_as_long_only() {
        there.get("a", () -> {
            here.delete("a");
            return OLD;
        });

        time.advance(Duration.ofSeconds(5));
        assertThat(there.get("a")).isNull();
        assertThat(here.get("a")).isNull();
    }
}
