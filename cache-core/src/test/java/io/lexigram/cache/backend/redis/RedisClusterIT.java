package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.entry;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisCluster;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisClusterIT {

    private static final int MANY = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private enum Move {
        SLOT,
        KEY,
        KEY_OF_A_SLOT_ON_ITS_WAY
    }

    private RedisCluster cluster;
    private RedisBackend backend;

    @BeforeEach
    void start() {
        cluster = RedisCluster.start();
        RedisSettings settings = RedisSettings.builder()
                .clusterNodes(cluster.seeds())
                .commandTimeout(Duration.ofMillis(500))
                .build();
        backend = RedisBackend.connectingTo(settings, KEYS, TimeSource.SYSTEM, RedisConnectionListener.NONE);
        get(backend.ping());
    }

    @AfterEach
    void stop() {
        backend.close();
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_key_is_listed_although_it_goes_to_a_node_that_was_read_before(Move move) {
        Set<String> stored = storeMany();
        List<RedisServer> route = cluster.primaries().stream()
                .sorted(Comparator.comparing(node -> node.ask("CLUSTER MYID")))
                .toList();
        RedisServer first = route.get(0);
        RedisServer last = route.get(route.size() - 1);
        String moved = stored.stream()
                .filter(name -> cluster.primaryOf(name) == last && cluster.isAlone(name))
                .findFirst()
                .orElseThrow();
        if (move == Move.KEY_OF_A_SLOT_ON_ITS_WAY) {
            cluster.beginMove(moved, last, first);
        }
        Set<String> found = new HashSet<>();
        try (Stream<byte[]> all = backend.scan(KEYS.prefix())) {
            Iterator<byte[]> keys = all.iterator();
            boolean beyondFirst = false;
            while (keys.hasNext()) {
                String name = new String(keys.next(), US_ASCII);
                found.add(name);
                if (!beyondFirst && cluster.primaryOf(name) != first) {
                    beyondFirst = true;
                    switch (move) {
                        case SLOT -> cluster.moveSlotOf(moved, last, first);
                        case KEY -> {
                            cluster.beginMove(moved, last, first);
                            cluster.moveKey(moved, last, first);
                        }
                        case KEY_OF_A_SLOT_ON_ITS_WAY -> cluster.moveKey(moved, last, first);
                    }
                }
            }
        }

        assertThat(found).contains(moved).containsAll(stored);
    }

    @Test
    void keys_are_listed_although_a_primary_hands_over() {
        Set<String> stored = storeMany();
        Set<String> found = new HashSet<>();
        try (Stream<byte[]> all = backend.scan(KEYS.prefix())) {
            Iterator<byte[]> keys = all.iterator();
            found.add(new String(keys.next(), US_ASCII));
            cluster.handOver(cluster.primaries().get(2));
            keys.forEachRemaining(key -> found.add(new String(key, US_ASCII)));
        }

        assertThat(found).containsAll(stored);
        assertThat(get(backend.deleteMany(
                        stored.stream().map(name -> name.getBytes(US_ASCII)).toList())))
                .isEqualTo(MANY);
    }

    @Test
    void those_who_wait_hear_of_leases_on_every_node() {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        backend.onWakeUp((key, uncacheable) -> heard.add(new String(key, US_ASCII)));
        List<byte[]> keys = IntStream.range(0, 12).mapToObj(i -> key("k" + i)).toList();

        await().atMost(PATIENCE).untilAsserted(() -> {
            for (int i = 0; i < keys.size(); i++) {
                byte[] key = keys.get(i);
                get(backend.claim(key, Leased.record(i + 1, i + 1), 5_000));
                get(backend.announceWaiter(key, i + 1));
                get(backend.release(key, i + 1, false));
            }
            assertThat(heard).hasSize(keys.size());
        });
    }

    @Test
    void a_node_that_hangs_holds_up_only_its_keys_until_another_one_has_them() {
        storeMany();
        RedisServer hung = cluster.primaryOf(name("k0"));
        String other = IntStream.range(1, MANY)
                .mapToObj(i -> "k" + i)
                .filter(text -> cluster.primaryOf(name(text)) != hung)
                .findFirst()
                .orElseThrow();
        cluster.noticeSoon();

        hung.pause();

        assertThat(get(backend.get(key(other)))).isNotNull();
        await().ignoreExceptions().atMost(PATIENCE).until(() -> get(backend.get(key("k0"))) != null);
        hung.resume();
    }

    private Set<String> storeMany() {
        List<ByteEntry> entries =
                IntStream.range(0, MANY).mapToObj(i -> entry("k" + i, "v")).toList();
        get(backend.setMany(entries));
        Set<String> names = new HashSet<>();
        entries.forEach(entry -> names.add(new String(entry.key(), US_ASCII)));
        return names;
    }

    private static String name(String key) {
        return new String(key(key), US_ASCII);
    }
}
