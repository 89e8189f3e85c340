package io.lexigram.cache.codec;

import io.lexigram.cache.CacheSerializationException;
import org.jspecify.annotations.Nullable;

/** Chooses the format by the version byte: the one place that knows all formats. */
final class EnvelopeFormats {

    static final Format CURRENT = new EnvelopeFormat1();

    private EnvelopeFormats() {}

    /** @throws CacheSerializationException when the bytes begin no envelope of a known format */
    static Format of(byte[] bytes) {
        if (bytes.length < Envelope.HEADER_LENGTH) {
            throw new CacheSerializationException(
                    "A stored value of %d bytes is no envelope: its header alone takes %d."
                            .formatted(bytes.length, Envelope.HEADER_LENGTH));
        }
        if (!Envelope.isEnvelope(bytes)) {
            throw new CacheSerializationException(
                    "A stored value of %d bytes is no envelope: it begins with %02X %02X instead of %02X %02X."
                            .formatted(bytes.length, bytes[0], bytes[1], Envelope.MAGIC_0, Envelope.MAGIC_1));
        }
        return switch (bytes[Envelope.OFFSET_FORMAT]) {
            case Envelope.FORMAT -> CURRENT;
            default ->
                throw new CacheSerializationException(
                        "A stored value has envelope format %d; this version reads format %d only."
                                .formatted(bytes[Envelope.OFFSET_FORMAT] & 0xFF, Envelope.FORMAT));
        };
    }

    interface Format {

        byte[] write(Envelope envelope);

        Envelope read(byte[] bytes, Envelope.Expected expected);

        Envelope.@Nullable Head readHead(byte[] firstBytes);
    }
}
