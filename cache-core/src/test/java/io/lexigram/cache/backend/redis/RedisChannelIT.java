package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.channel.FlushReason.BEHIND;
import static io.lexigram.cache.channel.FlushReason.SILENT_PEER;
import static io.lexigram.cache.channel.FlushReason.SUBSCRIBED;
import static io.lexigram.cache.channel.FlushReason.UNHEARD_PEER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.channel.ChannelSettings;
import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.channel.Invalidation;
import io.lexigram.cache.channel.InvalidationChannel;
import io.lexigram.cache.channel.ManualTimer;
import io.lexigram.cache.channel.RecordingListener;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.ManualTime;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes with backends of their own on one server; their time is moved by the test. */
class RedisChannelIT {

    private static final byte[] NODES = KEYS.auxiliary("nodes", "");
    private static final byte[] CHANNEL = KEYS.auxiliary("channel", "");

    private final ManualTime time = new ManualTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final Random random = new Random(42);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RedisServer redis = RedisServer.start();
    private final RedisCommands<byte[], byte[]> server = admin();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        redis.close();
    }

    @Test
    void an_invalidation_reaches_the_other_nodes() {
        Node a = node();
        Node b = node();
        Node c = node();
        settle(a, b, c);

        a.channel.publish(Invalidation.ofKeys(List.of(key("k"))));
        a.channel.publish(Invalidation.ofGroups(List.of(bytes("tag")), 5, 7));

        await().until(() -> b.heard.groups.contains("tag@5/7") && c.heard.groups.contains("tag@5/7"));
        assertThat(b.heard.keys).containsExactly(new String(key("k"), UTF_8));
        assertThat(a.heard.keys).isEmpty();
        assertThat(b.heard.flushes).isEmpty();
    }

    @Test
    void an_invalidation_is_heard_after_the_removal_it_announces() {
        Node a = node();
        Node b = node();
        settle(a, b);
        for (int i = 0; i < 200; i++) {
            byte[] key = key("k" + i);
            get(a.backend.set(Entries.entry("k" + i, "v"), false));
            CompletionStage<Boolean> unused = a.backend.delete(key);
            a.channel.publish(Invalidation.ofKeys(List.of(key)));
            int heard = i + 1;
            await().pollInterval(Duration.ofMillis(1)).until(() -> b.heard.keys.size() == heard);

            assertThat(get(b.backend.get(key))).isNull();
        }
    }

    @Test
    void every_subscription_gets_the_heartbeats_and_the_lease_holds_as_long_as_they_come_back() {
        Node a = node();
        Node b = node();
        settle(a, b);

        for (int beat = 0; beat < 5; beat++) {
            beat(a, b);
        }

        assertThat(a.isProven()).isTrue();
        assertThat(a.channel.meters().receivers()).isEqualTo(2);
        assertThat(server.zcard(NODES)).isEqualTo(2);
        assertThat(a.heard.flushes).isEmpty();
        assertThat(b.heard.flushes).isEmpty();
    }

    @Test
    void a_subscription_that_was_killed_is_made_anew_and_that_is_a_flush() {
        Node a = node();
        Node b = node();
        settle(a, b);
        server.clientKill(KillArgs.Builder.typePubsub());

        await().until(() -> a.heard.flushes.contains(SUBSCRIBED) && b.heard.flushes.contains(SUBSCRIBED));
        await().until(() -> a.isProven() && b.isProven());
        a.channel.publish(Invalidation.ofKeys(List.of(bytes("k"))));
        await().until(() -> b.heard.keys.contains("k"));
    }

    @Test
    void while_there_is_no_subscription_the_lease_ends() {
        Node a = node();
        redis.stop();
        for (int tick = 0; tick < 8; tick++) {
            timer.tick();
        }
        assertThat(a.isProven()).isFalse();

        redis.restart();
        await().until(() -> {
            timer.tick();
            return a.heard.flushes.contains(SUBSCRIBED) && a.isProven();
        });
    }

    @Test
    void a_message_that_was_lost_is_a_flush_within_two_heartbeats() {
        Node a = node();
        Node b = node();
        settle(a, b);
        a.dropping = true;
        a.channel.publish(Invalidation.ofKeys(List.of(bytes("lost"))));
        a.dropping = false;

        awaitTicks(8, a, b);

        assertThat(b.heard.flushes).containsExactly(BEHIND);
        assertThat(a.heard.flushes).isEmpty();
    }

    @Test
    void a_node_that_ends_without_goodbye_is_a_flush_within_two_heartbeats() {
        Node a = node();
        Node b = node();
        settle(a, b);
        a.dropping = true;
        a.channel.publish(Invalidation.ofKeys(List.of(bytes("lost"))));
        a.mute = true;

        awaitTicks(7, b);

        assertThat(b.heard.flushes).containsExactly(SILENT_PEER);
    }

    @Test
    void goodbye_is_no_flush_and_strikes_the_node_off() {
        Node a = node();
        Node b = node();
        settle(a, b);
        a.channel.publish(Invalidation.ofKeys(List.of(bytes("k"))));
        a.channel.close();
        assertThat(server.zcard(NODES)).isOne();

        awaitTicks(40, b);

        assertThat(b.heard.keys).containsExactly("k");
        assertThat(b.heard.flushes).isEmpty();
    }

    @Test
    void a_process_that_stood_still_has_no_lease_when_it_goes_on() {
        Node a = node();

        time.advance(Duration.ofSeconds(2));

        assertThat(a.isProven()).isFalse();
    }

    @Test
    void a_full_server_still_carries_messages() {
        Node a = node();
        Node b = node();
        settle(a, b);
        server.configSet("maxmemory", "1");

        for (int beat = 0; beat < 5; beat++) {
            beat(a, b);
        }
        assertThat(b.isProven()).isTrue();
        a.channel.publish(Invalidation.ofKeys(List.of(bytes("k"))));
        await().until(() -> b.heard.keys.contains("k"));
        assertThat(b.heard.flushes).isEmpty();
    }

    @Test
    void nodes_that_were_silent_for_ten_heartbeats_leave_the_list_and_so_do_those_of_a_clock_that_was_put_back() {
        long now = System.currentTimeMillis();
        server.zadd(NODES, now - 60_000, bytes("silent.."));
        server.zadd(NODES, now + 3_600_000, bytes("future.."));
        server.zadd(NODES, now - 1_000, bytes("no node"));

        Node a = node();

        assertThat(a.isProven()).isTrue();
        assertThat(server.zrange(NODES, 0, -1))
                .doesNotContain(bytes("silent.."), bytes("future.."))
                .hasSize(2);
        assertThat(server.pttl(NODES)).isBetween(1L, 10_000L);
    }

    @Test
    void a_heartbeat_answers_which_nodes_the_server_has_heard_and_how_long_ago() {
        ChannelTransport transport = transport();
        get(transport.beat(0, 7, bytes("?"), 600_000));
        server.zadd(NODES, System.currentTimeMillis() - 300_000, ScriptCall.bigEndian(8));

        ChannelTransport.Registry registry = get(transport.beat(0, 9, bytes("?"), 600_000));

        assertThat(registry.receivers()).isZero();
        assertThat(registry.nodes())
                .extracting(ChannelTransport.Registration::node)
                .containsExactly(8L, 7L, 9L);
        assertThat(registry.nodes().get(0).silentMillis()).isBetween(299_000L, 360_000L);
        assertThat(registry.nodes().get(1).silentMillis()).isBetween(0L, 60_000L);
        assertThat(registry.nodes().get(2).silentMillis()).isZero();
    }

    @Test
    void a_node_that_the_server_hears_and_others_do_not_is_a_flush() {
        Node a = node();
        ChannelTransport unheard = transport();

        await().until(() -> {
            get(unheard.beat(0, 7, bytes("?"), 10_000));
            awaitTicks(1, a);
            return a.heard.flushes.contains(UNHEARD_PEER);
        });
    }

    @Test
    void a_server_that_was_demoted_reaches_the_wrong_nodes_and_a_heartbeat_to_it_fails() {
        ChannelTransport transport = transport();
        get(transport.beat(0, 7, bytes("?"), 10_000));
        server.replicaof("127.0.0.1", 1);

        assertThatThrownBy(() -> get(transport.beat(0, 7, bytes("?"), 10_000)))
                .isInstanceOf(CacheBackendException.class)
                .hasMessageContaining("READONLY");
    }

    @Test
    void what_is_no_message_is_passed_over() {
        Node a = node();
        Node b = node();
        settle(a, b);
        long before = b.channel.meters().unreadable();
        server.publish(CHANNEL, bytes(""));
        server.publish(CHANNEL, bytes("hello"));
        a.channel.publish(Invalidation.ofKeys(List.of(bytes("k"))));

        await().until(() -> b.heard.keys.contains("k"));
        assertThat(b.channel.meters().unreadable()).isEqualTo(before + 2);
    }

    @Test
    void wake_ups_and_messages_share_one_connection() {
        Node a = node();
        List<String> woken = new CopyOnWriteArrayList<>();
        a.backend.onWakeUp((key, uncacheable) -> woken.add(new String(key, UTF_8)));
        await().until(() -> {
            server.publish(KEYS.auxiliary("wake", ""), bytes("\0k"));
            return woken.contains("k");
        });

        assertThat(server.clientList().lines().filter(client -> client.contains("sub=2")))
                .hasSize(1);
        a.channel.close();
        await().until(() -> server.clientList().contains("sub=1"));
        assertThat(a.heard.flushes).isEmpty();
    }

    @Test
    void a_server_that_has_forgotten_the_scripts_is_taught_again() {
        Node a = node();
        server.scriptFlush();

        for (int beat = 0; beat < 3; beat++) {
            beat(a);
        }

        assertThat(a.isProven()).isTrue();
    }

    /** That of a node without a channel. */
    private ChannelTransport transport() {
        RedisBackend backend = RedisBackend.connectingTo(
                RedisSettings.builder().url(redis.getUri()).build(),
                KEYS,
                TimeSource.SYSTEM,
                RedisConnectionListener.NONE);
        opened.add(backend);
        return backend.channelTransport();
    }

    private RedisCommands<byte[], byte[]> admin() {
        RedisClient client = RedisClient.create(redis.getUri());
        opened.add(client::shutdown);
        return client.connect(ByteArrayCodec.INSTANCE).sync();
    }

    /** A node that hears itself. */
    private Node node() {
        Node node = new Node();
        opened.add(node);
        node.channel.start();
        await().until(node::isProven);
        settle(node);
        return node;
    }

    /** Until each has heard all others. */
    private void settle(Node... nodes) {
        beat(nodes);
        for (Node node : nodes) {
            node.heard.flushes.clear();
        }
    }

    /** One beat, of which the nodes hear all that others say before the next tick. */
    private void beat(Node... nodes) {
        awaitTicks(4, nodes);
    }

    private void awaitTicks(int ticks, Node... nodes) {
        for (int i = 0; i < ticks; i++) {
            timer.tick();
            for (Node node : nodes) {
                get(node.backend.ping());
            }
            for (Node node : nodes) {
                long before = node.channel.meters().unreadable();
                server.publish(CHANNEL, bytes("?"));
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> node.channel.meters().unreadable() > before);
            }
        }
    }

    private final class Node implements AutoCloseable {

        final RecordingListener heard = new RecordingListener();
        final RedisBackend backend = RedisBackend.connectingTo(
                RedisSettings.builder().url(redis.getUri()).build(),
                KEYS,
                TimeSource.SYSTEM,
                RedisConnectionListener.NONE);
        final InvalidationChannel channel =
                new InvalidationChannel(new Lossy(this), ChannelSettings.DEFAULT, time.source(), timer, random, heard);
        volatile boolean dropping;
        volatile boolean mute;

        boolean isProven() {
            return channel.lease().isValid(time.source().nanos());
        }

        @Override
        public void close() {
            channel.close();
            backend.close();
        }
    }

    /** Loses what it is told to. */
    private static final class Lossy implements ChannelTransport {

        private final Node node;
        private final ChannelTransport transport;

        Lossy(Node node) {
            this.node = node;
            this.transport = node.backend.channelTransport();
        }

        @Override
        public void open(Receiver receiver) {
            transport.open(receiver);
        }

        @Override
        public Set<Long> lanes() {
            return transport.lanes();
        }

        @Override
        public long laneOf(String namespace, String key) {
            return transport.laneOf(namespace, key);
        }

        @Override
        public long laneOfGroups() {
            return transport.laneOfGroups();
        }

        @Override
        public CompletionStage<?> publish(long lane, byte[] message) {
            return node.dropping ? CompletableFuture.completedFuture(0) : transport.publish(lane, message);
        }

        @Override
        public CompletionStage<Registry> beat(long lane, long id, byte[] message, long forgetMillis) {
            return node.mute ? new CompletableFuture<>() : transport.beat(lane, id, message, forgetMillis);
        }

        @Override
        public CompletionStage<?> leave(long id, byte[] message) {
            return transport.leave(id, message);
        }

        @Override
        public void resubscribe() {
            transport.resubscribe();
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
