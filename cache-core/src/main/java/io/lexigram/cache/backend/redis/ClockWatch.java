package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.protocol.AsyncCommand;
import io.lexigram.cache.spi.ByteBackend.Generations;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets the server say on a connection that the clock of the generations went on, was removed or lost: by its tracking of keys that
 * a client has read (CLIENT TRACKING, with OPTIN). The news is put into the connection at the moment of the change, before every
 * answer that is given after it, so what has come without news was given before any change.
 *
 * <p>A server that takes the commands is not believed until it has told of a key that was changed to try it. One that does not
 * know them, or a connection on which answers come alone (RESP2), is never watched.
 */
final class ClockWatch implements PushListener {

    private static final byte[] SOME_VALUE = "1".getBytes(US_ASCII);
    private static final int SOME_MILLIS = 1;

    /** Names of watches, of all connections. */
    private static final AtomicLong NAMES = new AtomicLong(Generations.UNWATCHED);

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final byte[] hash;
    private final byte[] field;
    private final byte[] proof;
    private volatile long watch = Generations.UNWATCHED;

    private ClockWatch(StatefulRedisConnection<byte[], byte[]> connection, byte[] hash, byte[] field, byte[] proof) {
        this.connection = connection;
        this.hash = hash;
        this.field = field;
        this.proof = proof;
    }

    /**
     * Begins to watch, without waiting. Nobody else may use the connection yet.
     *
     * @param hash has the clock in this field
     * @param proof a key that is nobody else's
     */
    static ClockWatch on(StatefulRedisConnection<byte[], byte[]> connection, byte[] hash, byte[] field, byte[] proof) {
        ClockWatch watch = new ClockWatch(connection, hash, field, proof);
        connection.addListener(watch);
        connection.dispatch(List.of(
                Commands.trackReads(),
                Commands.trackNextRead(),
                Commands.get(proof),
                Commands.set(proof, SOME_VALUE, SOME_MILLIS)));
        return watch;
    }

    /** The {@linkplain Generations#clockWatch() name} of the time in which nothing was told of the clock. */
    long current() {
        return watch;
    }

    /** On the connection's own thread, between the answers before and behind it. */
    @Override
    public void onPushMessage(PushMessage message) {
        if (message.getType().equals("invalidate") && concernsClock(message.getContent())) {
            watch = Generations.UNWATCHED;
            begin();
        }
    }

    /** @param content the type of the message, and the keys or, where all are gone, nothing */
    private boolean concernsClock(List<Object> content) {
        return content.size() < 2
                || !(content.get(1) instanceof List<?> keys)
                || keys.stream().anyMatch(key -> isOne(key, hash) || isOne(key, proof));
    }

    private static boolean isOne(Object key, byte[] bytes) {
        return key instanceof ByteBuffer buffer && buffer.equals(ByteBuffer.wrap(bytes));
    }

    /** Commands that the connection's own thread writes have nobody else's between them. */
    private void begin() {
        long name = NAMES.incrementAndGet();
        AsyncCommand<byte[], byte[], String> tracking = Commands.trackNextRead();
        AsyncCommand<byte[], byte[], byte[]> clock = Commands.field(hash, field);
        var unused = clock.whenComplete((bytes, failure) -> {
            if (failure == null && bytes != null && !tracking.isCompletedExceptionally()) {
                watch = name;
            }
        });
        connection.dispatch(List.of(tracking, clock));
    }
}
