package io.lexigram.cache.backend.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.AsyncCommand;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.Generations;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One native connection, to a server or to a cluster. Commands are written at once and nothing waits; those of one key are
 * executed in the order of the calls.
 */
final class Link {

    private final StatefulConnection<byte[], byte[]> connection;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final @Nullable ClusterNodes nodes;
    private final AtomicBoolean probed = new AtomicBoolean();
    private volatile @Nullable ClockWatch clockWatch;
    private volatile boolean old;
    private volatile boolean demoted;

    private Link(
            StatefulConnection<byte[], byte[]> connection,
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            @Nullable ClusterNodes nodes) {
        this.connection = connection;
        this.commands = commands;
        this.nodes = nodes;
    }

    static Link to(StatefulRedisConnection<byte[], byte[]> connection) {
        return new Link(connection, connection.async(), null);
    }

    static Link to(StatefulRedisClusterConnection<byte[], byte[]> connection, RedisClusterClient client) {
        return new Link(connection, connection.async(), new ClusterNodes(connection, client));
    }

    /** Commands that Lettuce sends to the node of the key, or splits by node. */
    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return commands;
    }

    <T> AsyncCommand<byte[], byte[], T> send(AsyncCommand<byte[], byte[], T> command) {
        write(command);
        return command;
    }

    /**
     * Sends many commands: to a server with one flush. To a cluster one by one, for there Lettuce would flush per slot and
     * would wait for nodes that are not connected yet.
     */
    void send(List<? extends AsyncCommand<byte[], byte[], ?>> batch) {
        if (nodes != null) {
            batch.forEach(this::write);
        } else {
            connection.dispatch(batch);
        }
    }

    private <T> void write(AsyncCommand<byte[], byte[], T> command) {
        connection.dispatch(command);
    }

    /** Whether there are several nodes, each with a connection that Lettuce keeps. */
    boolean isCluster() {
        return nodes != null;
    }

    /** Those nodes; null where there is one server. */
    @Nullable
    ClusterNodes nodes() {
        return nodes;
    }

    /** What has the key at the moment, as far as it is known here; equal to itself only. */
    Object placeOf(byte[] key) {
        return nodes == null ? this : nodes.nodeOf(key);
    }

    StatefulConnection<byte[], byte[]> connection() {
        return connection;
    }

    /**
     * Lets a server say when the clock of generations goes on; a cluster has the clock elsewhere than what is read. Nobody else may
     * use the connection yet.
     */
    void watch(GenerationCommands generations, KeyCodec keys) {
        if (connection instanceof StatefulRedisConnection<byte[], byte[]> single) {
            clockWatch = generations.watch(single, keys);
        }
    }

    /** The time in which the clock was not said to go on. */
    long watch() {
        ClockWatch watch = clockWatch;
        return watch == null ? Generations.UNWATCHED : watch.current();
    }

    /** Whether a server behind it was found to be older than Redis 7, where SET does not take NX and GET together. */
    boolean isOld() {
        return old;
    }

    void foundOld() {
        old = true;
    }

    /** Whether the server said that it is a replica, although the command it said it of was answered in another way. */
    boolean isDemoted() {
        return demoted;
    }

    void foundDemoted() {
        demoted = true;
    }

    /** Whether the caller may probe the connection; false while somebody else does. */
    boolean startProbe() {
        return probed.compareAndSet(false, true);
    }

    void endProbe() {
        probed.set(false);
    }

    /** Closes without waiting; commands that have no answer yet fail. */
    void drop() {
        if (!isClosed()) {
            CompletableFuture<Void> unused = connection.closeAsync();
        }
    }

    void close() {
        if (!isClosed()) {
            connection.close();
        }
    }

    /** Lettuce warns of each closing but the first, and the client's shutdown is one. */
    private boolean isClosed() {
        return connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed();
    }
}
