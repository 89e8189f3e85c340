package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEvent.Connected;
import io.lexigram.cache.event.CacheEvent.Disconnected;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of servers that come and go. */
class ReachIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemcachedServer server = MemcachedServer.start();
    private final List<CacheEvent> events = new CopyOnWriteArrayList<>();
    private final CacheService service = LexigramCache.builder()
            .codec(new JsonCodec())
            .backend(
                    "mc",
                    new EncodedBackend(
                            MemcachedBackend.connectingTo(
                                    new MemcachedSettings(
                                            List.of(server.address()), Duration.ofSeconds(2), Duration.ofSeconds(2), 2),
                                    MemcachedTest.KEYS,
                                    TimeSource.SYSTEM),
                            MemcachedTest.KEYS,
                            Duration.ofSeconds(2),
                            TimeSource.SYSTEM))
            .circuitBreaker(null)
            .listener(CacheEventListener.to(Connected.class, events::add))
            .listener(CacheEventListener.to(Disconnected.class, events::add))
            .build();
    private final Cache<String> cache = service.cache("c", String.class);

    @AfterEach
    void close() {
        service.close();
        server.close();
    }

    @Test
    void a_server_that_goes_and_comes_back_is_told_once_each_and_the_end_is_not() {
        cache.put("k", "v");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events).containsExactly(new Connected("mc")));

        server.stop();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events).containsExactly(new Connected("mc"), new Disconnected("mc")));

        server.restart();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events)
                .containsExactly(new Connected("mc"), new Disconnected("mc"), new Connected("mc")));

        service.close();
        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(events).hasSize(3));
    }

    @Test
    void servers_that_were_never_there_are_told() {
        server.stop();

        cache.get("k");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events).containsExactly(new Disconnected("mc")));
    }
}
