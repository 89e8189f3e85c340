package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.command.text.TextCASCommand;
import net.rubyeye.xmemcached.command.text.TextDeleteCommand;
import net.rubyeye.xmemcached.command.text.TextGetOneCommand;
import net.rubyeye.xmemcached.command.text.TextIncrDecrCommand;
import net.rubyeye.xmemcached.command.text.TextStoreCommand;
import net.rubyeye.xmemcached.transcoders.CachedData;
import org.jspecify.annotations.Nullable;

/**
 * One command of the text protocol and what its answer means.
 *
 * @param key the physical key as text
 * @param command makes it, given the latch that goes down when it is answered
 */
record Request<T extends @Nullable Object>(
        String key, Function<CountDownLatch, Command> command, Function<Command, T> outcome) {

    /** {@code gets}; null where there is nothing. */
    static Request<@Nullable Item> get(String key) {
        return new Request<>(
                key,
                latch -> new TextGetOneCommand(key, key.getBytes(UTF_8), CommandType.GETS_ONE, latch),
                Request::item);
    }

    /** {@code set} or {@code add}. */
    static Request<Boolean> store(String key, boolean ifAbsent, byte[] value, Expiry expiry) {
        CommandType type = ifAbsent ? CommandType.ADD : CommandType.SET;
        CachedData data = data(value, expiry);
        return new Request<>(
                key,
                latch -> new TextStoreCommand(
                        key, key.getBytes(UTF_8), type, latch, expiry.time(), -1, data, false, Untouched.INSTANCE),
                Request::isTrue);
    }

    static Request<Boolean> cas(String key, long cas, byte[] value, Expiry expiry) {
        CachedData data = data(value, expiry);
        return new Request<>(
                key,
                latch -> new TextCASCommand(
                        key,
                        key.getBytes(UTF_8),
                        CommandType.CAS,
                        latch,
                        expiry.time(),
                        cas,
                        data,
                        false,
                        Untouched.INSTANCE),
                Request::isTrue);
    }

    static Request<Boolean> delete(String key) {
        return new Request<>(
                key, latch -> new TextDeleteCommand(key, key.getBytes(UTF_8), 0, latch, false), Request::isTrue);
    }

    /** {@code incr}; null where there is nothing. */
    static Request<@Nullable Long> increment(String key, long by) {
        return new Request<>(
                key,
                latch -> new TextIncrDecrCommand(key, key.getBytes(UTF_8), CommandType.INCR, latch, by, 0, false),
                done -> done.getResult() instanceof Long sum ? sum : null);
    }

    /** The constructors of the library refuse more than 1 MB, whatever the server takes. */
    private static CachedData data(byte[] value, Expiry expiry) {
        CachedData data = new CachedData();
        data.setFlag(expiry.flags());
        data.setCapacity(value.length);
        data.setSize(value.length);
        data.setData(value);
        return data;
    }

    private static @Nullable Item item(Command done) {
        return done.getResult() instanceof CachedData data
                ? new Item(data.getData(), data.getFlag(), data.getCas())
                : null;
    }

    private static boolean isTrue(Command done) {
        return Boolean.TRUE.equals(done.getResult());
    }
}
