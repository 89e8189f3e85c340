package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.testing.ManualTime;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consistency 5.22: one of two servers does not answer for a while, and comes back with what it had. */
class MemcachedReturnsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_COPY = Duration.ofSeconds(5);
    private static final String OLD = "old";
    private static final String TAG = "t";

    private final ManualTime time = new ManualTime();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final MemcachedServer first = start();
    private final MemcachedServer second = start();
    private final Ring ring = new Ring(List.of(first.address(), second.address()));
    private final MemcachedServer ofClock = serverOf(new String(MemcachedTest.KEYS.auxiliary("groups", "g"), UTF_8));
    private final MemcachedServer other = ofClock == first ? second : first;

    /** Lies on the server that has no clock. */
    private final String key = IntStream.range(0, 1_000)
            .mapToObj(i -> "k" + i)
            .filter(candidate -> serverOf(new String(MemcachedTest.KEYS.encode("texts", candidate), UTF_8)) == other)
            .findFirst()
            .orElseThrow();

    private Cache<String> here;
    private Cache<String> there;

    private MemcachedServer start() {
        MemcachedServer server = MemcachedServer.start("-o", "hashpower=13");
        opened.add(server);
        return server;
    }

    private MemcachedServer serverOf(String physical) {
        return List.of(first, second).get(ring.serverOf(physical));
    }

    @BeforeEach
    void resumeAtLast() {
        opened.add(0, () -> {
            first.resume();
            second.resume();
        });
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @ParameterizedTest(name = "tiered {0}")
    @ValueSource(booleans = {false, true})
    void what_was_invalidated_by_tag_while_its_server_was_away_is_served_on_no_node(boolean tiered) {
        open(tiered);
        other.pause();

        here.invalidateTags(TAG);
        assertThat(here.get(key)).isNull();
        other.resume();

        time.advance(LONGEST_COPY);
        assertNeverOld(here);
        assertNeverOld(there);
        awaitNew();
    }

    @ParameterizedTest(name = "tiered {0}")
    @ValueSource(booleans = {false, true})
    void what_was_deleted_while_its_server_was_away_is_never_served_again_by_who_deleted_it(boolean tiered) {
        open(tiered);
        other.pause();

        here.delete(key);
        assertThat(here.get(key)).isNull();
        other.resume();

        assertNeverOld(here);
        time.advance(LONGEST_COPY);
        awaitNew();
    }

    @ParameterizedTest(name = "tiered {0}")
    @ValueSource(booleans = {false, true})
    void a_tag_that_was_invalidated_while_the_clock_was_away_is_absent_at_once_here_and_soon_everywhere(
            boolean tiered) {
        open(tiered);
        ofClock.pause();

        here.invalidateTags(TAG);
        assertThat(here.get(key)).isNull();
        ofClock.resume();

        assertNeverOld(here);
        time.advance(LONGEST_COPY);
        awaitNew();
    }

    private void open(boolean tiered) {
        here = node(tiered);
        there = node(tiered);
        await().atMost(PATIENCE).until(() -> {
            here.put(key, OLD, CallOptions.NONE.tags(TAG));
            return OLD.equals(here.get(key)) && OLD.equals(there.get(key));
        });
    }

    private void assertNeverOld(Cache<String> cache) {
        for (int i = 0; i < 50; i++) {
            assertThat(cache.get(key)).isNotEqualTo(OLD);
        }
    }

    /** Once the invalidation is delivered, what is loaded anew is stored again; the one who invalidated sees nothing else. */
    private void awaitNew() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(here.get(key, () -> "new")).isEqualTo("new");
            assertThat(there.get(key)).isEqualTo("new");
            time.advance(LONGEST_COPY);
        });
    }

    private Cache<String> node(boolean tiered) {
        MemcachedSettings settings =
                new MemcachedSettings(List.of(first.address(), second.address()), PATIENCE, Duration.ofSeconds(1), 1);
        CacheBackend shared = new EncodedBackend(
                MemcachedBackend.connectingTo(settings, MemcachedTest.KEYS, time.source()),
                MemcachedTest.KEYS,
                Duration.ofSeconds(1),
                time.source());
        CacheBackend copies = MemoryBackend.builder().time(time.source()).build();
        CacheService service = LexigramCache.builder()
                .codec(new JsonCodec())
                .time(time.source())
                .circuitBreaker(null)
                .backend(
                        "primary",
                        tiered
                                ? TieredBackend.builder(copies, shared)
                                        .time(time.source())
                                        .longestLife(LONGEST_COPY)
                                        .build()
                                : shared)
                .build();
        opened.add(0, service);
        return service.cache(CacheSpec.of("texts", String.class).eternal().build());
    }
}
