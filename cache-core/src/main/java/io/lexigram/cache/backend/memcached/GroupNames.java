package io.lexigram.cache.backend.memcached;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Names of groups as bytes: their number, and before each its length (4 bytes). */
final class GroupNames {

    private GroupNames() {}

    static int length(List<ByteBuffer> names) {
        return Integer.BYTES
                + names.stream()
                        .mapToInt(name -> Integer.BYTES + name.remaining())
                        .sum();
    }

    static void write(List<ByteBuffer> names, ByteBuffer out) {
        out.putInt(names.size());
        names.forEach(name -> writeOne(name, out));
    }

    static void writeOne(ByteBuffer name, ByteBuffer out) {
        out.putInt(name.remaining()).put(name.duplicate());
    }

    /** @throws BufferUnderflowException where the bytes, which may be anybody's, end before the names do */
    static List<ByteBuffer> read(ByteBuffer in) {
        int count = in.getInt();
        List<ByteBuffer> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(readOne(in));
        }
        return names;
    }

    static ByteBuffer readOne(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] name = new byte[length];
        in.get(name);
        return ByteBuffer.wrap(name);
    }
}
