package io.lexigram.cache.backend.tiered;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.BiConsumer;

/** Namespace and key as nodes name them to each other: the length of the namespace (4 bytes), the namespace, the key, in UTF-8. */
final class EntryName {

    private EntryName() {}

    static byte[] bytes(String namespace, String key) {
        byte[] first = namespace.getBytes(UTF_8);
        byte[] second = key.getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + first.length + second.length)
                .putInt(first.length)
                .put(first)
                .put(second)
                .array();
    }

    /** Hands namespace and key on. @return false where the bytes are no name */
    static boolean read(byte[] bytes, BiConsumer<String, String> to) {
        if (bytes.length < Integer.BYTES) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            return false;
        }
        try {
            ByteBuffer first = in.slice(in.position(), length);
            in.position(in.position() + length);
            to.accept(
                    UTF_8.newDecoder().decode(first).toString(),
                    UTF_8.newDecoder().decode(in).toString());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
