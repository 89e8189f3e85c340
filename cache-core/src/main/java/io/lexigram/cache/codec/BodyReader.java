package io.lexigram.cache.codec;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of an envelope from bytes that may be hostile: nothing is allocated for a length before the bytes are there. */
final class BodyReader {

    private final byte[] bytes;
    private final ByteBuffer in;

    BodyReader(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
        if (offset > bytes.length) {
            throw truncated("times");
        }
        in.position(offset);
    }

    long number() {
        if (in.remaining() < Long.BYTES) {
            throw truncated("times");
        }
        return in.getLong();
    }

    Set<String> tags() {
        int count = length("number of tags");
        if (count == 0) {
            return Set.of();
        }
        Set<String> tags = new LinkedHashSet<>();
        int previous = -1;
        for (int i = 0; i < count; i++) {
            int begin = in.position() + Integer.BYTES;
            tags.add(text("tag"));
            if (previous >= 0 && !ascending(previous, begin)) {
                throw new CacheSerializationException("A stored value has tags that are not in order.");
            }
            previous = begin;
        }
        return Collections.unmodifiableSet(tags);
    }

    String text(String what) {
        return text(what, length(what));
    }

    /** The text, which is the expected one itself where they are equal: the same few are read again and again. */
    String text(String what, String expected) {
        int length = length(what);
        if (!isNext(expected, length)) {
            return text(what, length);
        }
        skip(what, length);
        return expected;
    }

    /** Whether a text of this length is this one, as far as that is ASCII. */
    private boolean isNext(String text, int length) {
        if (length != text.length() || length > in.remaining()) {
            return false;
        }
        int offset = in.position();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || bytes[offset + i] != c) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    String textOrNull(String what) {
        if (in.remaining() >= Integer.BYTES && in.getInt(in.position()) == -1) {
            in.getInt();
            return null;
        }
        return text(what);
    }

    Payload payload(String codec) {
        int length = length("payload");
        int offset = skip("payload", length);
        return new Payload(codec, bytes, offset, length);
    }

    void end() {
        if (in.hasRemaining()) {
            throw new CacheSerializationException(
                    "A stored value has %d bytes after its end.".formatted(in.remaining()));
        }
    }

    private String text(String what, int length) {
        int offset = skip(what, length);
        String text = Utf8.decode(bytes, offset, offset + length);
        if (text == null) {
            throw new CacheSerializationException("The %s of a stored value is not UTF-8.".formatted(what));
        }
        return text;
    }

    private int length(String what) {
        if (in.remaining() < Integer.BYTES) {
            throw truncated(what);
        }
        int length = in.getInt();
        if (length < 0) {
            throw new CacheSerializationException("The %s of a stored value has length %d.".formatted(what, length));
        }
        return length;
    }

    private int skip(String what, int length) {
        int offset = in.position();
        if (length > in.remaining()) {
            throw truncated(what);
        }
        in.position(offset + length);
        return offset;
    }

    private boolean ascending(int first, int second) {
        return Arrays.compareUnsigned(bytes, first, second - Integer.BYTES, bytes, second, in.position()) < 0;
    }

    private Truncated truncated(String what) {
        return new Truncated("A stored value of %d bytes ends within its %s.".formatted(bytes.length, what));
    }

    /** The bytes end before the value does. */
    static final class Truncated extends CacheSerializationException {

        private static final long serialVersionUID = 1L;

        Truncated(String message) {
            super(message);
        }
    }
}
