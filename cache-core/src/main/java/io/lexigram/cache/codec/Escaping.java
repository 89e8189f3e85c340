package io.lexigram.cache.codec;

import io.lexigram.cache.CacheKeyException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Percent escapes of some ASCII characters, {@code %} always among them, in UTF-8 text. Each text has one escaped form, and
 * only that form is read.
 */
final class Escaping {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private final boolean[] escaped = new boolean[128];

    Escaping(String characters) {
        characters.chars().forEach(c -> escaped[c] = true);
    }

    /** @throws CacheKeyException when the text has an unpaired surrogate */
    byte[] escape(String what, String text) {
        byte[] utf8 = Utf8.encode(text);
        if (utf8 == null) {
            throw new CacheKeyException("The %s of %d characters has an unpaired surrogate. Remove or encode it."
                    .formatted(what, text.length()));
        }
        int count = 0;
        for (byte b : utf8) {
            count += isEscaped(b) ? 1 : 0;
        }
        return count == 0 ? utf8 : expand(utf8, count);
    }

    /** The text, or null where the bytes are no escaped form. */
    @Nullable
    String unescape(byte[] bytes, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '%') {
                if (i + 2 >= to) {
                    return null;
                }
                b = (byte) (digit(bytes[i + 1]) << 4 | digit(bytes[i + 2]));
                if (!isEscaped(b)) {
                    return null;
                }
                i += 2;
            } else if (isEscaped(b)) {
                return null;
            }
            plain[length++] = b;
        }
        return Utf8.decode(plain, 0, length);
    }

    /** The longest length up to {@code max} that splits neither a character nor an escape. */
    static int cut(byte[] escaped, int max) {
        if (escaped.length <= max) {
            return escaped.length;
        }
        int end = max;
        while (end > 0 && (escaped[end] & 0xC0) == 0x80) {
            end--;
        }
        for (int back = 1; back <= 2 && back <= end; back++) {
            if (escaped[end - back] == '%') {
                return end - back;
            }
        }
        return end;
    }

    private boolean isEscaped(byte b) {
        return b >= 0 && escaped[b];
    }

    private byte[] expand(byte[] utf8, int count) {
        byte[] result = Arrays.copyOf(utf8, utf8.length + 2 * count);
        int length = 0;
        for (byte b : utf8) {
            if (isEscaped(b)) {
                result[length++] = '%';
                result[length++] = HEX[b >> 4];
                result[length++] = HEX[b & 15];
            } else {
                result[length++] = b;
            }
        }
        return result;
    }

    /** The value of an upper-case hexadecimal digit; of anything else a number that makes no ASCII character. */
    private static int digit(byte b) {
        for (int value = 0; value < HEX.length; value++) {
            if (HEX[value] == b) {
                return value;
            }
        }
        return 0xFFFF;
    }
}
