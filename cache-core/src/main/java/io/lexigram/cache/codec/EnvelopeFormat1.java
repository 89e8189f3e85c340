package io.lexigram.cache.codec;

import static io.lexigram.cache.codec.Envelope.FLAG_LEASE;
import static io.lexigram.cache.codec.Envelope.FLAG_NULL;
import static io.lexigram.cache.codec.Envelope.FLAG_WAITERS;
import static io.lexigram.cache.codec.Envelope.HEADER_LENGTH;
import static io.lexigram.cache.codec.Envelope.OFFSET_CHECKSUM;
import static io.lexigram.cache.codec.Envelope.OFFSET_FLAGS;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Expected;
import io.lexigram.cache.codec.Envelope.Head;
import io.lexigram.cache.codec.Envelope.Header;
import io.lexigram.cache.codec.Envelope.Payload;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Format 1. After the header: created, end of life, grace, load nanoseconds; tags; schema, namespace, key, version (length -1
 * for none), codec; payload. Texts and the payload are preceded by their length in 4 bytes. A null has an empty codec and an
 * empty payload.
 */
final class EnvelopeFormat1 implements EnvelopeFormats.Format {

    private static final int KNOWN_FLAGS = FLAG_LEASE | FLAG_NULL | FLAG_WAITERS;

    @Override
    public byte[] write(Envelope envelope) {
        Content content = envelope.content();
        Payload payload = content == null ? null : content.payload();
        int flags = (content == null ? FLAG_LEASE : payload == null ? FLAG_NULL : 0)
                | (envelope.header().waiters() ? FLAG_WAITERS : 0);
        ByteBuffer out = content == null ? ByteBuffer.allocate(HEADER_LENGTH) : new BodyWriter(content).write();
        out.rewind();
        out.put(Envelope.MAGIC_0).put(Envelope.MAGIC_1).put(Envelope.FORMAT).put((byte) flags);
        Header header = envelope.header();
        out.putLong(header.entryId())
                .putLong(header.leaseToken())
                .putLong(header.leaseUntilMillis())
                .putLong(header.groupSeq())
                .putLong(header.expiresAtMillis())
                .putLong(header.hits())
                .putLong(header.lastAccessMillis());
        byte[] bytes = out.array();
        out.putInt(checksum(bytes));
        return bytes;
    }

    @Override
    public Envelope read(byte[] bytes, Expected expected) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int flags = flags(bytes);
        if (checksum(bytes) != in.getInt(OFFSET_CHECKSUM)) {
            throw new CacheSerializationException(
                    "A stored value of %d bytes is damaged or truncated: its checksum is wrong."
                            .formatted(bytes.length));
        }
        Header header = new Header(
                in.getLong(Envelope.OFFSET_ENTRY_ID),
                (flags & FLAG_WAITERS) != 0,
                in.getLong(Envelope.OFFSET_LEASE_TOKEN),
                in.getLong(Envelope.OFFSET_LEASE_UNTIL),
                in.getLong(Envelope.OFFSET_GROUP_SEQ),
                in.getLong(Envelope.OFFSET_EXPIRES_AT),
                in.getLong(Envelope.OFFSET_HITS),
                in.getLong(Envelope.OFFSET_LAST_ACCESS));
        BodyReader body = new BodyReader(bytes, HEADER_LENGTH);
        Content content = (flags & FLAG_LEASE) != 0 ? null : content(body, (flags & FLAG_NULL) != 0, expected);
        body.end();
        return new Envelope(header, content);
    }

    @Override
    public @Nullable Head readHead(byte[] firstBytes) {
        ByteBuffer in = ByteBuffer.wrap(firstBytes);
        boolean lease = (flags(firstBytes) & FLAG_LEASE) != 0;
        long entryId = in.getLong(Envelope.OFFSET_ENTRY_ID);
        long groupSeq = in.getLong(Envelope.OFFSET_GROUP_SEQ);
        if (lease) {
            return new Head(true, entryId, groupSeq, Set.of(), "", "");
        }
        try {
            BodyReader body = new BodyReader(firstBytes, Envelope.OFFSET_TAGS);
            Set<String> tags = body.tags();
            body.text("schema");
            return new Head(false, entryId, groupSeq, tags, body.text("namespace"), body.text("key"));
        } catch (BodyReader.Truncated e) {
            return null;
        }
    }

    private static Content content(BodyReader body, boolean isNull, Expected expected) {
        return new Content(
                body.number(),
                body.number(),
                body.number(),
                body.number(),
                body.tags(),
                body.text("schema", expected.schema()),
                body.text("namespace", expected.namespace()),
                body.text("key", expected.key()),
                body.textOrNull("version"),
                payload(body, isNull, expected));
    }

    private static @Nullable Payload payload(BodyReader body, boolean isNull, Expected expected) {
        Payload payload = body.payload(body.text("codec", expected.codec()));
        if (isNull != payload.codec().isEmpty() || (isNull && payload.length() > 0)) {
            throw new CacheSerializationException(
                    isNull
                            ? "A stored null has a payload of %d bytes.".formatted(payload.length())
                            : "A stored value of %d bytes names no codec.".formatted(payload.length()));
        }
        return isNull ? null : payload;
    }

    private static int flags(byte[] bytes) {
        int flags = bytes[OFFSET_FLAGS] & 0xFF;
        boolean leaseOfNull = (flags & FLAG_LEASE) != 0 && (flags & FLAG_NULL) != 0;
        if ((flags & ~KNOWN_FLAGS) != 0 || leaseOfNull) {
            throw new CacheSerializationException(
                    "A stored value has the flags 0x%02X, which this version cannot read.".formatted(flags));
        }
        return flags;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, OFFSET_FLAGS);
        crc.update(bytes[OFFSET_FLAGS] & ~FLAG_WAITERS);
        crc.update(bytes, Envelope.OFFSET_ENTRY_ID, Envelope.OFFSET_LEASE_TOKEN - Envelope.OFFSET_ENTRY_ID);
        crc.update(bytes, HEADER_LENGTH, bytes.length - HEADER_LENGTH);
        return (int) crc.getValue();
    }
}
