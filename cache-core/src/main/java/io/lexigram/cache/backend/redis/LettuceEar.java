package io.lexigram.cache.backend.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A Lettuce connection that is subscribed to one channel. It is given up when it breaks. */
final class LettuceEar implements Subscription.Ear {

    private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
    private final byte[] channel;

    private LettuceEar(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[] channel) {
        this.connection = connection;
        this.channel = channel;
    }

    /** Subscribes, and waits until that is done. */
    static LettuceEar on(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[] channel) {
        LettuceEar ear = new LettuceEar(connection, channel);
        try {
            connection.sync().subscribe(channel);
            return ear;
        } catch (RuntimeException e) {
            ear.close();
            throw e;
        }
    }

    @Override
    public void listen(Consumer<byte[]> onMessage, Runnable onEnd) {
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(byte[] from, byte[] message) {
                if (Arrays.equals(from, channel)) {
                    onMessage.accept(message);
                }
            }
        });
        AtomicBoolean ended = new AtomicBoolean();
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                end(ended, onEnd);
            }
        });
        if (!connection.isOpen()) {
            end(ended, onEnd);
        }
    }

    private static void end(AtomicBoolean ended, Runnable onEnd) {
        if (ended.compareAndSet(false, true)) {
            onEnd.run();
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> unused = connection.closeAsync();
    }
}
