package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.channel.FlushReason.PRIMARIES_CHANGED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.channel.ChannelSettings;
import io.lexigram.cache.channel.ChannelTimer;
import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.channel.Invalidation;
import io.lexigram.cache.channel.InvalidationChannel;
import io.lexigram.cache.channel.RecordingListener;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisCluster;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of an application on one cluster, whose nodes serve the slots they have whatever becomes of the others. */
@Timeout(120)
class ClusterChannelIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final String CHANNEL = new String(KEYS.auxiliary("channel", ""), US_ASCII);
    private static final List<String> MANY =
            IntStream.range(0, 100).mapToObj(i -> "k" + i).toList();

    private final Random random = new Random(42);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RedisCluster cluster = RedisCluster.start("--cluster-require-full-coverage", "no");

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        scheduler.shutdownNow();
        cluster.close();
    }

    @Test
    void each_primary_is_a_lane_and_what_is_sent_on_any_of_them_reaches_all_nodes() {
        Node a = node();
        Node b = node();
        Set<Long> lanes = new HashSet<>();
        for (String key : MANY) {
            long lane = a.channel.laneOf("ns", key);
            lanes.add(lane);
            a.channel.publish(lane, Invalidation.ofKeys(List.of(bytes(key))));
        }
        a.channel.publish(Invalidation.ofGroups(List.of(bytes("tag")), 5, 7));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(b.heard.keys).hasSameElementsAs(MANY);
            assertThat(b.heard.groups).containsExactly("tag@5/7");
        });
        assertThat(lanes).hasSize(3).isEqualTo(a.transport.lanes());
        assertThat(a.channel.meters().unsent()).isZero();
        assertThat(b.isProven()).isTrue();
    }

    @Test
    void a_message_is_sent_by_the_primary_of_its_key() {
        Node a = node();
        node();
        for (String key : MANY) {
            String physical = new String(KEYS.encode("ns", key), US_ASCII);
            String id = cluster.primaryOf(physical).ask("CLUSTER MYID");

            assertThat(a.channel.laneOf("ns", key)).isEqualTo(Long.parseUnsignedLong(id.substring(0, 16), 16));
        }
    }

    /** Consistency 5.15: the nodes of the cluster do not hear each other, and both nodes of the application have a connection. */
    @Test
    void a_primary_that_does_not_reach_the_node_of_a_subscription_ends_the_lease() {
        Node a = node();
        RedisServer ear = cluster.subscribedTo(CHANNEL);
        RedisServer mute = cluster.primaries().stream()
                .filter(primary -> primary != ear)
                .findFirst()
                .orElseThrow();

        cluster.cutBus(mute, ear);

        await().atMost(PATIENCE).until(() -> !a.isProven());
        assertThat(a.transport.lanes()).isNotEmpty();
    }

    @Test
    void a_primary_that_is_replaced_is_a_flush_and_messages_come_through_the_one_that_took_its_place() {
        Node a = node();
        Node b = node();
        Set<Long> before = a.transport.lanes();
        RedisServer gone = cluster.primaries().get(1);
        cluster.kill(gone);

        await().atMost(PATIENCE)
                .until(() -> !a.transport.lanes().equals(before)
                        && !b.transport.lanes().equals(before)
                        && a.transport.lanes().size() == 3
                        && a.isProven()
                        && b.isProven());
        assertThat(a.heard.flushes).contains(PRIMARIES_CHANGED);
        assertThat(b.heard.flushes).contains(PRIMARIES_CHANGED);
        for (String key : MANY) {
            a.channel.publish(a.channel.laneOf("ns", key), Invalidation.ofKeys(List.of(bytes(key))));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat((Collection<String>) b.heard.keys)
                .containsAll(MANY));
    }

    private Node node() {
        Node node = new Node();
        opened.add(node);
        get(node.backend.ping());
        node.channel.start();
        await().atMost(PATIENCE).until(node::isProven);
        return node;
    }

    private final class Node implements AutoCloseable {

        final RecordingListener heard = new RecordingListener();
        final RedisBackend backend = RedisBackend.connectingTo(
                RedisSettings.builder()
                        .clusterNodes(cluster.seeds())
                        .commandTimeout(Duration.ofSeconds(1))
                        .build(),
                KEYS,
                TimeSource.SYSTEM,
                RedisConnectionListener.NONE);
        final ChannelTransport transport = backend.channelTransport();
        final InvalidationChannel channel = new InvalidationChannel(
                transport,
                new ChannelSettings(HEARTBEAT, 1_000),
                TimeSource.SYSTEM,
                ChannelTimer.on(scheduler),
                random,
                heard);

        boolean isProven() {
            return channel.lease().isValid(TimeSource.SYSTEM.nanos());
        }

        @Override
        public void close() {
            channel.close();
            backend.close();
        }
    }
}
