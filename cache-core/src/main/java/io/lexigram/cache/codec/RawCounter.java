package io.lexigram.cache.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/** The form of a counter that servers can add to: decimal digits, with a sign where it is negative. */
public final class RawCounter {

    private static final int LONGEST = Long.toString(Long.MIN_VALUE).length();

    private RawCounter() {}

    /** The number, or null where the bytes are no counter. */
    public static @Nullable Long parse(byte[] bytes) {
        int sign = bytes.length > 0 && bytes[0] == '-' ? 1 : 0;
        if (bytes.length == sign || bytes.length > LONGEST) {
            return null;
        }
        for (int i = sign; i < bytes.length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return null;
            }
        }
        try {
            return Long.valueOf(new String(bytes, ISO_8859_1));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    public static byte[] format(long number) {
        return Long.toString(number).getBytes(ISO_8859_1);
    }
}
