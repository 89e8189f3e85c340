package io.lexigram.cache.backend.redis;

import java.io.ByteArrayOutputStream;

/** Patterns of SCAN. */
final class Glob {

    private Glob() {}

    /** A pattern for the keys that begin with exactly these bytes. */
    static byte[] startingWith(byte[] prefix) {
        ByteArrayOutputStream pattern = new ByteArrayOutputStream(prefix.length + 8);
        for (byte b : prefix) {
            if (b == '*' || b == '?' || b == '[' || b == ']' || b == '\\') {
                pattern.write('\\');
            }
            pattern.write(b);
        }
        pattern.write('*');
        return pattern.toByteArray();
    }
}
