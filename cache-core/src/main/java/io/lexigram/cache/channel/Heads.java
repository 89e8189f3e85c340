package io.lexigram.cache.channel;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The highest number this node has given to a message, by lane. Bounded: the lane that was used least recently is forgotten, and
 * one that is not known begins above all that were forgotten, so that no number comes twice on a lane. Not thread-safe.
 */
final class Heads {

    private final int maxLanes;
    private final Map<Long, Long> heads = new LinkedHashMap<>(16, 0.75f, true);
    private long floor;

    Heads(int maxLanes) {
        this.maxLanes = maxLanes;
    }

    /** The next number of a lane, from 1 on. */
    long next(long lane) {
        long next = heads.getOrDefault(lane, floor) + 1;
        heads.put(lane, next);
        if (heads.size() > maxLanes) {
            Iterator<Long> oldest = heads.values().iterator();
            floor = Math.max(floor, oldest.next());
            oldest.remove();
        }
        return next;
    }

    /** Lets others know of a lane before the first message on it, so that they miss that one too. */
    void announce(long lane) {
        if (heads.size() < maxLanes) {
            heads.putIfAbsent(lane, floor);
        }
    }

    Map<Long, Long> all() {
        return Map.copyOf(heads);
    }
}
