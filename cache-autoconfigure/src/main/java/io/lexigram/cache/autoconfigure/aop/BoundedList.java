package io.lexigram.cache.autoconfigure.aop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Items up to a limit, and whether there were more. */
final class BoundedList {

    private final int limit;
    private final List<Object> items = new ArrayList<>();
    private boolean tooLong;

    BoundedList(int limit) {
        this.limit = limit;
    }

    /** Adds an item, or lets all go when it is one too many. */
    void add(Object item) {
        if (!tooLong && items.size() < limit) {
            items.add(item);
        } else {
            tooLong = true;
            items.clear();
        }
    }

    boolean isTooLong() {
        return tooLong;
    }

    List<Object> items() {
        return Collections.unmodifiableList(items);
    }
}
