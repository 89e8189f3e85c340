package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.RawCounter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages by PUBLISH on the connection of the operations, behind those called before, and hears them on the
 * connection for messages. The nodes are a sorted set by the time of the server.
 *
 * <p>In a cluster each primary is a lane: the messages of one come to a subscription at any node in their order, and those of
 * another one may be lost while they do.
 */
final class RedisChannelTransport implements ChannelTransport {

    /** As {@code channel-beat.lua} reads it. */
    private static final byte[] LEAVE = {};

    private static final byte[] NOTHING = {};
    private static final Set<Long> ONLY = Set.of(ONLY_LANE);

    private final Connector connector;
    private final Subscription subscription;
    private final byte[] channel;
    private final byte[] nodes;
    private final byte[] groups;
    private final KeyCodec keys;
    private final PrimaryWatch primaries;
    private volatile Set<Long> lanes = ONLY;

    RedisChannelTransport(Connector connector, Subscription subscription, KeyCodec keys, PrimaryWatch primaries) {
        this.connector = connector;
        this.subscription = subscription;
        this.channel = keys.auxiliary("channel", "");
        this.primaries = primaries;
        this.keys = keys;
        this.groups = GenerationCommands.hash(keys);
        this.nodes = keys.auxiliary("nodes", "");
    }

    @Override
    public void open(Receiver receiver) {
        subscription.listen(channel, new Subscription.Hearer() {
            @Override
            public void subscribed() {
                receiver.subscribed();
            }

            @Override
            public void message(byte[] message) {
                receiver.message(message);
            }
        });
    }

    @Override
    public Set<Long> lanes() {
        Link link = connector.current();
        if (link != null) {
            ClusterNodes primaries = link.nodes();
            lanes = primaries == null
                    ? ONLY
                    : primaries.primaryIds().stream().map(ClusterNodes::lane).collect(toUnmodifiableSet());
        }
        return lanes;
    }

    @Override
    public long laneOf(String namespace, String key) {
        ClusterNodes all = cluster();
        return all == null ? ONLY_LANE : laneOf(all, keys.encode(namespace, key));
    }

    @Override
    public long laneOfGroups() {
        ClusterNodes all = cluster();
        return all == null ? ONLY_LANE : laneOf(all, groups);
    }

    private @Nullable ClusterNodes cluster() {
        Link link = connector.current();
        return link == null ? null : link.nodes();
    }

    private static long laneOf(ClusterNodes all, byte[] key) {
        String primary = all.nodeOf(key);
        return primary.isEmpty() ? ONLY_LANE : ClusterNodes.lane(primary);
    }

    @Override
    public CompletionStage<?> publish(long lane, byte[] message) {
        return connector.submit(link -> send(link, lane, message));
    }

    /** A cluster hands a message on from whichever node it was sent to. */
    private CompletionStage<Long> send(Link link, long lane, byte[] message) {
        ClusterNodes all = link.nodes();
        return all == null || lane == ONLY_LANE
                ? link.commands().publish(channel, message)
                : all.connectTo(lane).thenCompose(primary -> primary.async().publish(channel, message));
    }

    @Override
    public CompletionStage<Registry> beat(long lane, long node, byte[] message, long forgetMillis) {
        byte[] forget = RawCounter.format(forgetMillis);
        return connector.submit(link -> {
            ClusterNodes all = link.nodes();
            if (all == null) {
                CompletionStage<List<byte[]>> answer =
                        note(node, forget, message).on(link);
                primaries.ask(link);
                return answer.thenApply(RedisChannelTransport::registry);
            }
            CompletionStage<Long> receivers = send(link, lane, message);
            if (lane != ONLY_LANE && lane != laneOf(all, nodes)) {
                return receivers.thenApply(count -> new Registry(List.of(), count));
            }
            CompletionStage<Registry> known =
                    note(node, forget, NOTHING).on(link).thenApply(RedisChannelTransport::registry);
            primaries.ask(link);
            return receivers.thenCombine(known, (count, list) -> new Registry(list.nodes(), count));
        });
    }

    @Override
    public CompletionStage<?> leave(long node, byte[] message) {
        return connector.submit(link -> note(node, LEAVE, message).on(link));
    }

    private ScriptCall<List<byte[]>> note(long node, byte[] forgetMillis, byte[] message) {
        return ScriptCall.list(Script.CHANNEL_BEAT, nodes, ScriptCall.bigEndian(node), forgetMillis, channel, message);
    }

    /** What is no node is passed over. */
    private static Registry registry(List<byte[]> answer) {
        List<Registration> found = new ArrayList<>();
        for (int i = 1; i + 1 < answer.size(); i += 2) {
            if (answer.get(i).length == Long.BYTES) {
                found.add(new Registration(ByteBuffer.wrap(answer.get(i)).getLong(), number(answer.get(i + 1))));
            }
        }
        return new Registry(found, number(answer.get(0)));
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, US_ASCII));
    }

    @Override
    public void resubscribe() {
        subscription.renew();
    }

    @Override
    public void close() {
        subscription.stop(channel);
    }
}
