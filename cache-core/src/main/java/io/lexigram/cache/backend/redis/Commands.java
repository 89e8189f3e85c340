package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.ScoredValue;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lexigram.cache.spi.StoredEntry;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Native commands that are sent in batches, where Lettuce's own methods would flush after each. */
final class Commands {

    private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

    private Commands() {}

    static AsyncCommand<byte[], byte[], String> set(byte[] key, byte[] value, long ttlMillis) {
        CommandArgs<byte[], byte[]> args = args().addKey(key).addValue(value);
        if (ttlMillis != StoredEntry.NEVER) {
            args.add("PX").add(ttlMillis);
        }
        return command(CommandType.SET, new StatusOutput<>(CODEC), args);
    }

    /** What is there, or null where the value was stored. From Redis 7 on; older servers call it a syntax error. */
    static AsyncCommand<byte[], byte[], byte[]> getOrSet(byte[] key, byte[] value, long ttlMillis) {
        CommandArgs<byte[], byte[]> args = args().addKey(key).addValue(value);
        args.add("NX").add("GET").add("PX").add(ttlMillis);
        return command(CommandType.SET, new ValueOutput<>(CODEC), args);
    }

    /** The string, or no bytes where the key holds none but something else. */
    static AsyncCommand<byte[], byte[], byte[]> get(byte[] key) {
        return command(CommandType.GET, new StringOutput(), args().addKey(key));
    }

    /** In the order of the keys; null where there is no string. Of one server: a cluster has them in several places. */
    static AsyncCommand<byte[], byte[], List<byte @Nullable []>> getMany(List<byte[]> keys) {
        return command(CommandType.MGET, new ValueListOutput<>(CODEC), args().addKeys(keys));
    }

    static AsyncCommand<byte[], byte[], Long> length(byte[] key) {
        return command(CommandType.STRLEN, new IntegerOutput<>(CODEC), args().addKey(key));
    }

    static AsyncCommand<byte[], byte[], Long> ttl(byte[] key) {
        return command(CommandType.PTTL, new IntegerOutput<>(CODEC), args().addKey(key));
    }

    static AsyncCommand<byte[], byte[], byte[]> head(byte[] key, int length) {
        return command(
                CommandType.GETRANGE,
                new ValueOutput<>(CODEC),
                args().addKey(key).add(0).add(length - 1L));
    }

    /** Adds those members to a sorted set that it does not have yet. */
    static AsyncCommand<byte[], byte[], Long> addIfAbsent(byte[] key, List<ScoredValue<byte[]>> members) {
        CommandArgs<byte[], byte[]> args = args().addKey(key).add("NX");
        members.forEach(member -> args.add(member.getScore()).addValue(member.getValue()));
        return command(CommandType.ZADD, new IntegerOutput<>(CODEC), args);
    }

    static AsyncCommand<byte[], byte[], byte[]> field(byte[] hash, byte[] field) {
        return command(
                CommandType.HGET, new ValueOutput<>(CODEC), args().addKey(hash).addValue(field));
    }

    /** From now on the server says when keys change that were read behind {@link #trackNextRead()}, once each. */
    static AsyncCommand<byte[], byte[], String> trackReads() {
        return command(
                CommandType.CLIENT,
                new StatusOutput<>(CODEC),
                args().add("TRACKING").add("ON").add("OPTIN"));
    }

    static AsyncCommand<byte[], byte[], String> trackNextRead() {
        return command(
                CommandType.CLIENT,
                new StatusOutput<>(CODEC),
                args().add("CACHING").add("YES"));
    }

    static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(CODEC);
    }

    /** Takes the error of a key of another type for an answer, without a stage of its own. */
    private static final class StringOutput extends ValueOutput<byte[], byte[]> {

        private static final byte[] NO_BYTES = {};

        private StringOutput() {
            super(CODEC);
        }

        @Override
        public void setError(ByteBuffer message) {
            if (Failures.isWrongType(US_ASCII.decode(message.duplicate()).toString())) {
                output = NO_BYTES;
            } else {
                super.setError(message);
            }
        }
    }

    static <T> AsyncCommand<byte[], byte[], T> command(
            CommandType type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> args) {
        return new AsyncCommand<>(new Command<>(type, output, args));
    }
}
