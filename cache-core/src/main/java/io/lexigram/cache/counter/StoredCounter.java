package io.lexigram.cache.counter;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.Counter;
import io.lexigram.cache.Sequence;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A counter in a store: under its name, or under its name and its suffix. */
public final class StoredCounter implements Counter {

    private static final char SEPARATOR = ':';

    private final CounterStore store;
    private final String name;
    private final String prefix;
    private final String key;

    private StoredCounter(CounterStore store, String name, @Nullable String suffix) {
        this.store = store;
        this.name = name;
        this.prefix = name.replace("%", "%25").replace(":", "%3A");
        this.key = CacheKey.of(suffix == null ? prefix : prefix + SEPARATOR + suffix)
                .key();
    }

    /** @throws CacheKeyException when the name cannot be a key */
    public static Counter of(CounterStore store, String name) {
        return new StoredCounter(store, name, null);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Counter suffix(String suffix) {
        if (suffix.isEmpty()) {
            throw new CacheKeyException(
                    "The suffix of counter '" + name + "' is empty. Use the counter without a suffix.");
        }
        return new StoredCounter(store, name, suffix);
    }

    @Override
    public long incr(long by) {
        return store.add(key, by);
    }

    @Override
    public List<Long> incrBatch(int size) {
        requireOne(size);
        return new NumberRange(store.add(key, size) - size + 1, size);
    }

    @Override
    public long reset(long value) {
        store.set(key, value);
        return value;
    }

    @Override
    public Sequence blocks(int size) {
        requireOne(size);
        return new BlockSequence(() -> store.add(key, size) - size + 1, size);
    }

    @Override
    public List<Partition> partitions() {
        return store.find(prefix).entrySet().stream()
                .filter(found -> isPartition(found.getKey()))
                .map(this::partition)
                .sorted(Comparator.comparing(
                        Partition::suffix, Comparator.nullsFirst(Comparator.<String>naturalOrder())))
                .toList();
    }

    private boolean isPartition(String found) {
        return found.length() == prefix.length() || found.charAt(prefix.length()) == SEPARATOR;
    }

    private Partition partition(Map.Entry<String, Long> found) {
        String suffix = found.getKey().length() == prefix.length()
                ? null
                : found.getKey().substring(prefix.length() + 1);
        return new Partition(suffix, found.getValue());
    }

    private void requireOne(int size) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "The size of a batch of counter '" + name + "' is " + size + " but must be at least 1");
        }
    }

    @Override
    public String toString() {
        return "Counter[" + key + "]";
    }
}
