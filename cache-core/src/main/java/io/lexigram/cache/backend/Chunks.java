package io.lexigram.cache.backend;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A stream of keys in lists of up to 50, taken from it as they are asked for. A list holds no key twice. */
final class Chunks implements Iterator<List<byte[]>> {

    private static final int SIZE = 50;

    private final Iterator<byte[]> keys;

    private Chunks(Iterator<byte[]> keys) {
        this.keys = keys;
    }

    static Stream<List<byte[]>> distinct(Stream<byte[]> keys) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Chunks(keys.iterator()), Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        return keys.hasNext();
    }

    @Override
    public List<byte[]> next() {
        if (!keys.hasNext()) {
            throw new NoSuchElementException();
        }
        Set<ByteBuffer> chunk = new LinkedHashSet<>();
        while (chunk.size() < SIZE && keys.hasNext()) {
            chunk.add(ByteBuffer.wrap(keys.next()));
        }
        return chunk.stream().map(ByteBuffer::array).toList();
    }
}
