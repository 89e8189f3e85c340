package io.lexigram.cache.invalidate;

import java.util.LinkedHashSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last seq of each of a bounded number of things. What is not here has none above the {@link #floor}. One thread at a time
 * may change it, any number may read.
 */
final class StampTable<K> {

    private final int max;
    private final ConcurrentHashMap<K, Long> seqs = new ConcurrentHashMap<>();
    /** Those noted longest ago come first. */
    private final LinkedHashSet<K> order = new LinkedHashSet<>();

    private volatile long floor;

    StampTable(int max, long floor) {
        this.max = max;
        this.floor = floor;
    }

    /** Notes that something happened, perhaps not for the last time. */
    void happened(K key, long seq) {
        if (seqs.containsKey(key) || seq > floor) {
            isLast(key, seq);
        }
    }

    /** Notes what happened last, be it below the floor. A seq that is lower than the one noted before changes nothing. */
    void isLast(K key, long seq) {
        Long before = seqs.get(key);
        if (before != null && before >= seq) {
            return;
        }
        if (before == null && order.size() >= max) {
            dropOldest();
        }
        order.remove(key);
        order.add(key);
        seqs.put(key, seq);
    }

    /** The floor rises before the seq goes: who does not find the seq finds the floor. */
    private void dropOldest() {
        var oldest = order.iterator();
        K key = oldest.next();
        oldest.remove();
        floor = Math.max(floor, seqs.getOrDefault(key, 0L));
        seqs.remove(key);
    }

    /** The last seq, or -1 where it is not known; to be asked before the {@link #floor}. */
    long get(K key) {
        Long seq = seqs.get(key);
        return seq == null ? -1 : seq;
    }

    /** The highest last seq that something may have that is not here. */
    long floor() {
        return floor;
    }
}
