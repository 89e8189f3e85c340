package io.lexigram.cache.backend.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Lettuce connection for messages. It is given up when it breaks, or when a subscription gets no answer. */
final class LettuceEar implements Subscription.Ear {

    private static final Logger log = LoggerFactory.getLogger(LettuceEar.class);

    private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
    private volatile Runnable onEnd = this::close;

    LettuceEar(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        this.connection = connection;
    }

    @Override
    public void listen(Subscription.EarListener listener) {
        onEnd = listener::ended;
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void subscribed(byte[] channel, long count) {
                listener.subscribed(channel);
            }

            @Override
            public void message(byte[] channel, byte[] message) {
                listener.message(channel, message);
            }
        });
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                listener.ended();
            }
        });
    }

    @Override
    public void subscribe(byte[] channel) {
        run(() -> connection.async().subscribe(channel));
    }

    @Override
    public void unsubscribe(byte[] channel) {
        run(() -> connection.async().unsubscribe(channel));
    }

    private void run(Supplier<RedisFuture<Void>> command) {
        try {
            command.get().whenComplete((done, failure) -> {
                if (failure != null) {
                    failed(Failures.withoutWrapping(failure));
                }
            });
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof RedisCommandExecutionException) {
            log.warn("Redis refused a subscription; messages are not heard: {}", failure.getMessage());
        } else {
            onEnd.run();
        }
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void close() {
        CompletableFuture<Void> unused = connection.closeAsync();
    }
}
