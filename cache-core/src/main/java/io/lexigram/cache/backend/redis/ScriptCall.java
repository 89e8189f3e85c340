package io.lexigram.cache.backend.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lexigram.cache.codec.RawCounter;
import io.lexigram.cache.spi.StoredEntry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One call of a script, by the name the server knows it by. The connection teaches the server all scripts before anything
 * else; where it has forgotten one since, the call is repeated with the whole script, and is then the only kind of operation
 * that may be overtaken by a later one. While the slot of its keys moves between nodes of a cluster, a script on several keys is
 * refused until all of them have arrived; a repeatable one is tried again for a second.
 *
 * @param output makes a reader of the answer, one for each attempt
 */
@SuppressWarnings("ArrayRecordComponent")
record ScriptCall<T>(
        Script script, Supplier<CommandOutput<byte[], byte[], T>> output, List<byte[]> keys, List<byte[]> arguments) {

    private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;
    private static final byte[] FOR_EVER = {};

    /** Until all keys of a slot have moved. */
    private static final int MOST_REPETITIONS = 100;

    private static final Executor SOON = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

    static ScriptCall<Long> number(Script script, byte[] key, byte[]... arguments) {
        return number(script, key, List.of(arguments));
    }

    static ScriptCall<Long> number(Script script, byte[] key, List<byte[]> arguments) {
        return new ScriptCall<>(script, () -> new IntegerOutput<>(CODEC), List.of(key), arguments);
    }

    /** A call on several keys, which are of one slot. */
    static ScriptCall<Long> number(Script script, List<byte[]> keys, List<byte[]> arguments) {
        return new ScriptCall<>(script, () -> new IntegerOutput<>(CODEC), keys, arguments);
    }

    static ScriptCall<byte[]> bytes(Script script, byte[] key, byte[]... arguments) {
        return new ScriptCall<>(script, () -> new ValueOutput<>(CODEC), List.of(key), List.of(arguments));
    }

    static ScriptCall<List<byte[]>> list(Script script, byte[] key, byte[]... arguments) {
        return new ScriptCall<>(script, () -> new ValueListOutput<>(CODEC), List.of(key), List.of(arguments));
    }

    /** A call on several keys, which are of one slot. */
    static ScriptCall<byte[]> bytes(Script script, List<byte[]> keys, List<byte[]> arguments) {
        return new ScriptCall<>(script, () -> new ValueOutput<>(CODEC), keys, arguments);
    }

    /** A call on several keys, which are of one slot. */
    static ScriptCall<List<byte[]>> list(Script script, List<byte[]> keys, List<byte[]> arguments) {
        return new ScriptCall<>(script, () -> new ValueListOutput<>(CODEC), keys, arguments);
    }

    /** A lifetime as the scripts read it. */
    static byte[] lifetime(long ttlMillis) {
        return ttlMillis == StoredEntry.NEVER ? FOR_EVER : RawCounter.format(ttlMillis);
    }

    /** A number as an envelope holds it. */
    static byte[] bigEndian(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    CompletionStage<T> on(Link link) {
        return outcome(link.send(command()), link);
    }

    /** To be sent, alone or in a batch; what comes of it is the {@link #outcome}. */
    AsyncCommand<byte[], byte[], T> command() {
        return Commands.command(CommandType.EVALSHA, output.get(), arguments(script.digest()));
    }

    CompletionStage<T> outcome(CompletionStage<T> sent, Link link) {
        return outcome(sent, link, MOST_REPETITIONS);
    }

    private CompletionStage<T> outcome(CompletionStage<T> sent, Link link, int repetitions) {
        return sent.exceptionallyCompose(failure -> {
            Throwable cause = Failures.withoutWrapping(failure);
            if (cause instanceof RedisNoScriptException) {
                return link.send(Commands.command(CommandType.EVAL, output.get(), arguments(script.source())));
            }
            if (repetitions > 0 && script.isRepeatable() && Failures.isOnItsWay(cause)) {
                return CompletableFuture.runAsync(() -> {}, SOON)
                        .thenCompose(soon -> outcome(link.send(command()), link, repetitions - 1));
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    private CommandArgs<byte[], byte[]> arguments(byte[] which) {
        CommandArgs<byte[], byte[]> args =
                Commands.args().add(which).add(keys.size()).addKeys(keys);
        return args.addValues(arguments);
    }
}
