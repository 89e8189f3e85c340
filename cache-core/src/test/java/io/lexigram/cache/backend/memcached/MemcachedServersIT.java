package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that come and go, as an application sees it. */
class MemcachedServersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void a_server_that_is_restarted_empty_is_used_again_and_nothing_old_is_served() {
        MemcachedServer server = start();
        Cache<String> cache = cache(server);
        Cache<String> other = cache(server);
        cache.put("k", "old");
        assertThat(other.get("k")).isEqualTo("old");

        server.restart();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(load(cache, "k")).startsWith("loaded");
            assertThat(other.get("k")).isEqualTo(cache.get("k")).isNotNull();
        });
        other.invalidate("k");
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void an_application_starts_and_loads_while_no_server_is_there_and_uses_it_when_it_comes() {
        MemcachedServer server = start();
        server.stop();
        Cache<String> cache = cache(server);

        assertThat(load(cache, "k")).startsWith("loaded");
        assertThat(load(cache, "k")).as("nothing is kept").isEqualTo("loaded 2");

        server.restart();
        await().atMost(PATIENCE).untilAsserted(() -> {
            String loaded = load(cache, "k");
            assertThat(cache.get("k")).isEqualTo(loaded);
        });
    }

    @Test
    void with_one_of_two_servers_killed_calls_go_on_and_its_keys_do_not_move() {
        MemcachedServer first = start();
        MemcachedServer second = start();
        Ring ring = new Ring(List.of(first.address(), second.address()));
        // The server with the clock is kept.
        MemcachedServer kept = server(ring, MemcachedTest.KEYS.auxiliary("groups", "g"), first, second);
        MemcachedServer killed = kept == first ? second : first;
        Cache<String> cache = cache(first, second);
        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }

        killed.stop();

        await().atMost(PATIENCE).untilAsserted(() -> {
            for (int i = 0; i < 100; i++) {
                boolean moved = server(ring, physical("k" + i), first, second) == kept;
                assertThat(load(cache, "k" + i)).as("k%d", i).startsWith(moved ? "v" : "loaded");
            }
        });
        int before = loads.get();
        for (int i = 0; i < 100; i++) {
            load(cache, "k" + i);
        }
        assertThat(loads.get() - before)
                .as("keys of the dead server are loaded anew each time, the others not at all")
                .isBetween(20, 80);

        killed.restart();
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (int i = 0; i < 100; i++) {
                load(cache, "k" + i);
            }
            int again = loads.get();
            for (int i = 0; i < 100; i++) {
                load(cache, "k" + i);
            }
            assertThat(loads).hasValue(again);
        });
    }

    @Test
    void without_the_server_of_the_clock_everything_is_loaded_and_nothing_stale_is_served_afterwards() {
        MemcachedServer first = start();
        MemcachedServer second = start();
        Ring ring = new Ring(List.of(first.address(), second.address()));
        MemcachedServer clock = server(ring, MemcachedTest.KEYS.auxiliary("groups", "g"), first, second);
        Cache<String> cache = cache(first, second);
        for (int i = 0; i < 20; i++) {
            cache.put("k" + i, "old");
        }

        clock.stop();
        for (int i = 0; i < 20; i++) {
            assertThat(load(cache, "k" + i)).startsWith("loaded");
        }
        clock.restart();

        await().atMost(PATIENCE).untilAsserted(() -> {
            String loaded = load(cache, "k1");
            assertThat(cache.get("k1")).isEqualTo(loaded);
        });
        for (int i = 0; i < 20; i++) {
            assertThat(cache.get("k" + i)).as("the clock is a new one").isNotEqualTo("old");
        }
    }

    @Test
    void a_frozen_server_costs_the_deadline_and_no_exception() {
        MemcachedServer server = start();
        Cache<String> cache = cache(server);
        cache.put("k", "v");

        server.pause();
        try {
            assertThat(load(cache, "k")).startsWith("loaded");
        } finally {
            server.resume();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            String loaded = load(cache, "k");
            assertThat(cache.get("k")).isEqualTo(loaded);
        });
    }

    @Test
    void a_closed_backend_says_so() {
        MemcachedServer server = start();
        MemcachedBackend backend = MemcachedTest.backendOf(server);
        backend.close();

        assertThatThrownBy(() -> MemcachedTest.get(backend.get(MemcachedTest.key("k"))))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("closed");
    }

    private String load(Cache<String> cache, String key) {
        return String.valueOf(cache.get(key, () -> "loaded " + loads.incrementAndGet()));
    }

    private static byte[] physical(String key) {
        return MemcachedTest.KEYS.encode("texts", key);
    }

    private static MemcachedServer server(Ring ring, byte[] key, MemcachedServer... servers) {
        return servers[ring.serverOf(Items.text(key))];
    }

    private MemcachedServer start() {
        MemcachedServer server = MemcachedServer.start("-o", "hashpower=13");
        opened.add(server);
        return server;
    }

    private Cache<String> cache(MemcachedServer... servers) {
        MemcachedSettings settings = MemcachedSettings.of(
                List.of(servers).stream().map(MemcachedServer::address).toList());
        CacheService service = LexigramCache.builder()
                .codec(new JsonCodec())
                .circuitBreaker(null)
                .backend(
                        "primary",
                        new EncodedBackend(
                                MemcachedBackend.listingKeys(settings, MemcachedTest.KEYS, TimeSource.SYSTEM),
                                MemcachedTest.KEYS,
                                Duration.ofSeconds(1),
                                TimeSource.SYSTEM))
                .build();
        opened.add(0, service);
        return service.cache(CacheSpec.of("texts", String.class).build());
    }
}
