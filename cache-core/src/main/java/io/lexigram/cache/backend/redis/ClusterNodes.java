package io.lexigram.cache.backend.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lexigram.cache.CacheConnectionException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The nodes of a cluster, as the client knows them at the moment. */
final class ClusterNodes {

    private static final long CONNECT_MILLIS = 1_000;
    private static final int LANE_DIGITS = 16;
    private static final int HEXADECIMAL = 16;

    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final RedisClusterClient client;

    ClusterNodes(StatefulRedisClusterConnection<byte[], byte[]> connection, RedisClusterClient client) {
        this.connection = connection;
        this.client = client;
    }

    /** Connects to the primaries, within a second: what is sent while a node is connected to loses its order. */
    void connect() {
        List<CompletableFuture<?>> all = primaries()
                .map(RedisClusterNode::getUri)
                .<CompletableFuture<?>>map(uri -> connection.getConnectionAsync(uri.getHost(), uri.getPort()))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> null)
                .join();
    }

    private Stream<RedisClusterNode> primaries() {
        return connection.getPartitions().stream()
                .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.hasNoSlots());
    }

    /** The ids of the nodes that have slots and take writes. */
    List<String> primaryIds() {
        return primaries().map(RedisClusterNode::getNodeId).toList();
    }

    /** A connection to one node. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connect(String id) {
        return connection.getConnectionAsync(id);
    }

    /** The connection to a primary on which its slots are read and written. Fails where there is no such primary any more. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connectTo(String id) {
        return primaries()
                .filter(node -> node.getNodeId().equals(id))
                .map(RedisClusterNode::getUri)
                .map(uri -> connection.getConnectionAsync(uri.getHost(), uri.getPort()))
                .findFirst()
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new CacheConnectionException("The cluster has no primary " + id + " any more")));
    }

    /** As {@link #connectTo(String)}, by the lane of the primary. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connectTo(long lane) {
        return primaries()
                .map(RedisClusterNode::getNodeId)
                .filter(id -> lane(id) == lane)
                .findFirst()
                .map(this::connectTo)
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new CacheConnectionException("The cluster has no primary %016x... any more".formatted(lane))));
    }

    /** The lane of a primary: the first 16 of the 40 hexadecimal digits of its id, or what stands for an id of another form. */
    static long lane(String id) {
        try {
            return Long.parseUnsignedLong(id, 0, LANE_DIGITS, HEXADECIMAL);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return id.hashCode();
        }
    }

    /** The id of the node that has the key; empty where none is known. */
    String nodeOf(byte[] key) {
        RedisClusterNode node = connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
        return node == null ? "" : node.getNodeId();
    }

    /** Asks who has which slots. */
    CompletableFuture<Void> refresh() {
        return client.refreshPartitionsAsync().toCompletableFuture();
    }
}
