package io.lexigram.cache.channel;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.channel.Message.Goodbye;
import io.lexigram.cache.channel.Message.Heartbeat;
import io.lexigram.cache.channel.Message.Invalidated;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages as bytes, numbers big-endian: {@code 4C} (an L), the version, the type, the publisher (8), then
 *
 * <ul>
 *   <li>type 1, invalidated: lane (8), sequence (8), stamp (8), nonce (8), keys, groups; each list is a count (4) and, for
 *       each member, a length (4) and bytes
 *   <li>type 2, heartbeat: beat (8), heads
 *   <li>type 3, goodbye: heads; they are a count (4) and pairs of lane (8) and sequence (8)
 * </ul>
 *
 * <p>Bytes that come in may be hostile: nothing is allocated for a length before the bytes are there. A reader passes over
 * another version or type; where it had a sequence, the hole shows.
 */
final class MessageCodec {

    /** A longer message is neither sent nor read. */
    static final int MAX_BYTES = 1 << 20;

    static final int MAX_LANES = 1_000;

    private static final byte MAGIC = 'L';
    private static final byte VERSION = 1;
    private static final byte INVALIDATED = 1;
    private static final byte HEARTBEAT = 2;
    private static final byte GOODBYE = 3;

    private static final int HEAD = 3 + Long.BYTES;
    private static final int INVALIDATED_HEAD = HEAD + 4 * Long.BYTES + 2 * Integer.BYTES;

    private MessageCodec() {}

    /** How many bytes the message takes; it may be more than can be sent. */
    static long size(Invalidation invalidation) {
        return INVALIDATED_HEAD + size(invalidation.keys()) + size(invalidation.groups());
    }

    static byte[] encode(Message message) {
        if (message instanceof Invalidated invalidated) {
            return encode(invalidated);
        }
        if (message instanceof Heartbeat heartbeat) {
            byte[] bytes = new byte[HEAD + Long.BYTES + size(heartbeat.heads())];
            put(begin(bytes, HEARTBEAT, heartbeat).putLong(heartbeat.beat()), heartbeat.heads());
            return bytes;
        }
        Goodbye goodbye = (Goodbye) message;
        byte[] bytes = new byte[HEAD + size(goodbye.heads())];
        put(begin(bytes, GOODBYE, goodbye), goodbye.heads());
        return bytes;
    }

    private static byte[] encode(Invalidated message) {
        Invalidation content = message.invalidation();
        long size = size(content);
        if (size > MAX_BYTES) {
            throw new CacheSerializationException(
                    "An invalidation takes %d bytes; a message holds %d.".formatted(size, MAX_BYTES));
        }
        byte[] bytes = new byte[(int) size];
        ByteBuffer out = begin(bytes, INVALIDATED, message)
                .putLong(message.lane())
                .putLong(message.sequence())
                .putLong(content.stamp())
                .putLong(content.nonce());
        put(out, content.keys());
        put(out, content.groups());
        return bytes;
    }

    /** @throws CacheSerializationException when the bytes are no message this version knows */
    static Message decode(byte[] bytes) {
        if (bytes.length < HEAD || bytes.length > MAX_BYTES || bytes[0] != MAGIC) {
            throw new CacheSerializationException("%d bytes are no message.".formatted(bytes.length));
        }
        if (bytes[1] != VERSION) {
            throw new CacheSerializationException("A message has version %d, not %d.".formatted(bytes[1], VERSION));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 3, bytes.length - 3);
        long publisher = in.getLong();
        Message message =
                switch (bytes[2]) {
                    case INVALIDATED -> invalidated(publisher, in);
                    case HEARTBEAT -> new Heartbeat(publisher, number(in), heads(in));
                    case GOODBYE -> new Goodbye(publisher, heads(in));
                    default ->
                        throw new CacheSerializationException("A message has the unknown type %d.".formatted(bytes[2]));
                };
        if (in.hasRemaining()) {
            throw new CacheSerializationException("A message has %d bytes after its end.".formatted(in.remaining()));
        }
        return message;
    }

    private static Invalidated invalidated(long publisher, ByteBuffer in) {
        long lane = number(in);
        long sequence = sequence(in, 1);
        long stamp = number(in);
        long nonce = number(in);
        return new Invalidated(publisher, lane, sequence, new Invalidation(list(in), list(in), stamp, nonce));
    }

    private static ByteBuffer begin(byte[] bytes, byte type, Message message) {
        return ByteBuffer.wrap(bytes).put(MAGIC).put(VERSION).put(type).putLong(message.publisher());
    }

    private static long size(List<byte[]> list) {
        return list.stream()
                .mapToLong(member -> Integer.BYTES + (long) member.length)
                .sum();
    }

    private static void put(ByteBuffer out, List<byte[]> list) {
        out.putInt(list.size());
        list.forEach(member -> out.putInt(member.length).put(member));
    }

    private static List<byte[]> list(ByteBuffer in) {
        int count = count(in, Integer.BYTES);
        List<byte[]> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] member = new byte[count(in, 1)];
            in.get(member);
            list.add(member);
        }
        return list;
    }

    private static int size(Map<Long, Long> heads) {
        return Integer.BYTES + heads.size() * 2 * Long.BYTES;
    }

    private static void put(ByteBuffer out, Map<Long, Long> heads) {
        out.putInt(heads.size());
        heads.forEach((lane, sequence) -> out.putLong(lane).putLong(sequence));
    }

    private static Map<Long, Long> heads(ByteBuffer in) {
        int count = count(in, 2 * Long.BYTES);
        if (count > MAX_LANES) {
            throw new CacheSerializationException(
                    "A message names %d lanes; at most %d are believed.".formatted(count, MAX_LANES));
        }
        Map<Long, Long> heads = new HashMap<>();
        for (int i = 0; i < count; i++) {
            long lane = in.getLong();
            heads.put(lane, sequence(in, 0));
        }
        return heads;
    }

    private static long sequence(ByteBuffer in, long least) {
        long sequence = number(in);
        if (sequence < least) {
            throw new CacheSerializationException("A message has the sequence %d.".formatted(sequence));
        }
        return sequence;
    }

    private static long number(ByteBuffer in) {
        require(in, Long.BYTES);
        return in.getLong();
    }

    /** A count of things that take at least so many bytes each. */
    private static int count(ByteBuffer in, int bytesEach) {
        require(in, Integer.BYTES);
        int count = in.getInt();
        if (count < 0 || (long) count * bytesEach > in.remaining()) {
            throw new CacheSerializationException(
                    "A message counts %d where %d bytes are left.".formatted(count, in.remaining()));
        }
        return count;
    }

    private static void require(ByteBuffer in, int bytes) {
        if (in.remaining() < bytes) {
            throw new CacheSerializationException("A message ends too early.");
        }
    }
}
