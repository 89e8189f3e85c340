package io.lexigram.cache.codec;

import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes the body of an envelope into an array that has room for the header as well: one allocation, one copy. */
final class BodyWriter {

    private static final int LARGEST = Integer.MAX_VALUE - 64;
    private static final byte[] NONE = {};

    private final Content content;
    private final byte[][] tags;
    private final byte[] schema;
    private final byte[] namespace;
    private final byte[] key;
    private final byte @Nullable [] version;
    private final byte[] codec;

    BodyWriter(Content content) {
        this.content = content;
        this.tags = sorted(content.tags());
        this.schema = utf8("schema", content.schema());
        this.namespace = utf8("namespace", content.namespace());
        this.key = utf8("key", content.key());
        this.version = content.version() == null ? null : utf8("version", content.version());
        this.codec = content.payload() == null
                ? NONE
                : utf8("codec", content.payload().codec());
    }

    /** The whole array, the header still empty. */
    ByteBuffer write() {
        ByteBuffer out = ByteBuffer.allocate(size()).position(Envelope.HEADER_LENGTH);
        out.putLong(content.createdAtMillis())
                .putLong(content.expiresAtMillis())
                .putLong(content.graceMillis())
                .putLong(content.loadNanos());
        out.putInt(tags.length);
        for (byte[] tag : tags) {
            put(out, tag);
        }
        put(out, schema);
        put(out, namespace);
        put(out, key);
        if (version == null) {
            out.putInt(-1);
        } else {
            put(out, version);
        }
        put(out, codec);
        Payload payload = content.payload();
        return payload == null
                ? out.putInt(0)
                : out.putInt(payload.length()).put(payload.bytes(), payload.offset(), payload.length());
    }

    private int size() {
        long size = Envelope.OFFSET_TAGS + 4L;
        for (byte[] tag : tags) {
            size += 4L + tag.length;
        }
        size += 4L * 6 + schema.length + namespace.length + key.length + codec.length;
        size += version == null ? 0 : version.length;
        size += content.payload() == null ? 0 : content.payload().length();
        if (size > LARGEST) {
            throw new CacheCapacityException(
                    "A value takes %d bytes with its metadata; at most %d can be stored.".formatted(size, LARGEST));
        }
        return (int) size;
    }

    private static byte[][] sorted(Collection<String> tags) {
        byte[][] sorted = new byte[tags.size()][];
        int count = 0;
        for (String tag : tags) {
            sorted[count++] = utf8("tag", tag);
        }
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return sorted;
    }

    private static void put(ByteBuffer out, byte[] text) {
        out.putInt(text.length).put(text);
    }

    private static byte[] utf8(String what, String text) {
        byte[] bytes = Utf8.encode(text);
        if (bytes == null) {
            throw new CacheSerializationException(
                    "The %s of a value has an unpaired surrogate. Remove or encode it.".formatted(what));
        }
        return bytes;
    }
}
