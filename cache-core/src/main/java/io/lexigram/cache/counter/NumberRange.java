package io.lexigram.cache.counter;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** Consecutive numbers, of which only the first is kept. */
final class NumberRange extends AbstractList<Long> implements RandomAccess {

    private final long first;
    private final int size;

    NumberRange(long first, int size) {
        this.first = first;
        this.size = size;
    }

    @Override
    public Long get(int index) {
        return first + Objects.checkIndex(index, size);
    }

    @Override
    public int size() {
        return size;
    }
}
