package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyValue;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.Generations.Changes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the stamps of groups, in one hash, with a log of the ticks and the order of the groups beside it in the same
 * slot. The hash alone says what is valid; where one of the others is lost, less is known to be valid.
 */
final class GenerationCommands {

    private static final byte[] MAX_GROUPS = "100000".getBytes(US_ASCII);
    private static final int GROUPS_AT_ONCE = 1_000;
    private static final int CLOCK_LENGTH = 16;
    private static final byte[] NO_BYTES = {};
    private static final byte[] CLOCK = {'c'};
    private static final byte[] FLOOR = {'f'};
    private static final byte[] FORKED = "forked".getBytes(US_ASCII);
    private static final byte[] KNOWN = "known".getBytes(US_ASCII);

    private final byte[] hash;
    private final List<byte[]> keys;

    GenerationCommands(KeyCodec codec) {
        String slot = slot(codec);
        this.hash = hash(codec);
        this.keys = List.of(hash, codec.auxiliary("grouplog", slot), codec.auxiliary("grouporder", slot));
    }

    /** The key of the clock. */
    static byte[] hash(KeyCodec codec) {
        return codec.auxiliary("groups", slot(codec));
    }

    /** The name is the hash tag: of one slot, which is another one for other applications. */
    private static String slot(KeyCodec codec) {
        return new String(codec.prefix(), UTF_8);
    }

    CompletionStage<byte @Nullable []> clock(Link link) {
        return field(link, CLOCK).thenApply(clock -> clock == null || clock.length != CLOCK_LENGTH ? null : clock);
    }

    /** Has the server say on this connection when the clock goes on. */
    ClockWatch watch(StatefulRedisConnection<byte[], byte[]> connection, KeyCodec codec) {
        byte[] proof = codec.auxiliary("watch", UUID.randomUUID().toString());
        return ClockWatch.on(connection, hash, CLOCK, proof);
    }

    CompletionStage<byte[]> advance(Link link, List<byte[]> groups, byte[] newClock, long nonce) {
        Batch batch = new Batch(link);
        List<List<byte[]>> chunks = Chunks.of(groups, GROUPS_AT_ONCE);
        List<CompletionStage<byte[]>> clocks = new ArrayList<>();
        for (int i = 0; i < Math.max(1, chunks.size()); i++) {
            List<byte[]> arguments = new ArrayList<>();
            arguments.add(newClock);
            arguments.add(ScriptCall.bigEndian(nonce + i));
            arguments.add(MAX_GROUPS);
            arguments.addAll(groups.isEmpty() ? groups : chunks.get(i));
            clocks.add(batch.add(ScriptCall.bytes(Script.ADVANCE, keys, arguments)));
        }
        return batch.send().thenApply(done -> Batch.answer(clocks.get(clocks.size() - 1)));
    }

    CompletionStage<byte[]> restart(Link link, byte[] seen, byte[] newClock) {
        return ScriptCall.bytes(Script.RESTART, keys, List.of(seen, newClock)).on(link);
    }

    CompletionStage<@Nullable Void> restamp(Link link, List<byte[]> stamped, List<Long> entryIds, long stamp) {
        Batch batch = new Batch(link);
        for (int i = 0; i < stamped.size(); i++) {
            batch.add(ScriptCall.number(
                    Script.RESTAMP,
                    stamped.get(i),
                    ScriptCall.bigEndian(entryIds.get(i)),
                    ScriptCall.bigEndian(stamp)));
        }
        return batch.send().thenApply(done -> null);
    }

    CompletionStage<Changes> changesSince(Link link, byte[] clock) {
        return ScriptCall.list(Script.CHANGES, keys, List.of(clock)).on(link).thenApply(GenerationCommands::changes);
    }

    CompletionStage<List<Long>> stamps(Link link, List<byte[]> groups) {
        if (groups.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        byte[][] fields = groups.stream().map(GenerationCommands::field).toArray(byte[][]::new);
        return Failures.orIfNoString(link.commands().hmget(hash, fields), List.<KeyValue<byte[], byte[]>>of())
                .thenApply(pairs -> pairs.isEmpty()
                        ? groups.stream().map(group -> 0L).toList()
                        : pairs.stream()
                                .map(pair -> stamp(pair.getValueOrElse(null)))
                                .toList());
    }

    CompletionStage<Long> floor(Link link) {
        return field(link, FLOOR).thenApply(GenerationCommands::stamp);
    }

    private CompletionStage<byte @Nullable []> field(Link link, byte[] field) {
        return Failures.orIfNoString(link.commands().hget(hash, field), NO_BYTES);
    }

    private static byte[] field(byte[] group) {
        return ByteBuffer.allocate(1 + group.length).put((byte) 'g').put(group).array();
    }

    private static long stamp(byte @Nullable [] bytes) {
        return bytes == null || bytes.length != Long.BYTES
                ? 0
                : ByteBuffer.wrap(bytes).getLong();
    }

    private static Changes changes(List<byte[]> answer) {
        if (answer.size() < 2) {
            return new Changes(null, false, null);
        }
        byte[] clock = answer.get(0);
        byte[] kind = answer.get(1);
        if (!Arrays.equals(kind, KNOWN)) {
            return new Changes(clock, Arrays.equals(kind, FORKED), null);
        }
        Map<ByteBuffer, Long> groups = new HashMap<>();
        try {
            for (int i = 2; i + 1 < answer.size(); i += 2) {
                long stamp = stamp(answer.get(i));
                for (ByteBuffer rest = ByteBuffer.wrap(answer.get(i + 1)); rest.hasRemaining(); ) {
                    byte[] group = new byte[length(rest)];
                    rest.get(group);
                    groups.put(ByteBuffer.wrap(group), stamp);
                }
            }
        } catch (BufferUnderflowException e) {
            return new Changes(clock, false, null);
        }
        return new Changes(clock, false, groups);
    }

    /** The length of the next group, which the server may have from anybody. */
    private static int length(ByteBuffer rest) {
        int length = rest.getInt();
        if (length < 0 || length > rest.remaining()) {
            throw new BufferUnderflowException();
        }
        return length;
    }
}
