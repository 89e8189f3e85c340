package io.lexigram.cache.backend.memory;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The heap of this process: one Caffeine cache per namespace, each with its own bounds. Values are stored as the objects they
 * are, so a caller who changes a value it was given changes it for all, unless a {@link CopyMode} says otherwise.
 */
public final class MemoryBackend implements CacheBackend {

    /** How many entries a namespace holds where nothing else is said. */
    public static final long DEFAULT_MAX_SIZE = 10_000;

    private final Settings settings;
    private final ConcurrentHashMap<String, MemoryStore> stores = new ConcurrentHashMap<>();

    private MemoryBackend(Settings settings) {
        this.settings = settings;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public EntryStore open(StoreSpec spec) {
        return stores.computeIfAbsent(spec.namespace(), namespace -> store(spec, () -> stores.remove(namespace)));
    }

    private MemoryStore store(StoreSpec spec, Runnable onClose) {
        return settings.copy() == CopyMode.NONE
                ? new MemoryStore(spec, settings, onClose)
                : new CopyingStore(spec, settings, onClose);
    }

    @Override
    public Stream<CacheKey> keys(Predicate<String> fullKey) {
        return stores.entrySet().stream()
                .flatMap(store -> store.getValue()
                        .keys(key -> true, "")
                        .map(key -> store.getKey().isEmpty()
                                ? CacheKey.of(key)
                                : CacheKey.of(key).in(store.getKey())))
                .filter(key -> fullKey.test(key.fullKey()));
    }

    @Override
    public long removeMany(Collection<CacheKey> keys) {
        return keys.stream()
                .filter(key -> {
                    MemoryStore store = stores.get(key.namespace() == null ? "" : key.namespace());
                    return store != null && store.remove(key.key());
                })
                .count();
    }

    @Override
    public long removeTagged(String tag) {
        return stores.values().stream()
                .mapToLong(store -> store.removeTagged(tag))
                .sum();
    }

    @Override
    public long removeNamespace(String namespace) {
        MemoryStore store = stores.get(namespace);
        return store == null ? 0 : store.clear();
    }

    @Override
    public long clear() {
        return stores.values().stream().mapToLong(MemoryStore::clear).sum();
    }

    @Override
    public Duration ping(Duration timeout) {
        return Duration.ZERO;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public void close() {
        stores.clear();
    }

    /**
     * Bounds and time of every namespace.
     *
     * @param maxMemory bytes, or null for no bound
     */
    record Settings(long maxSize, @Nullable Long maxMemory, CopyMode copy, TimeSource time, Executor executor) {}

    /** Builds a memory backend. */
    public static final class Builder {

        private long maxSize = DEFAULT_MAX_SIZE;
        private @Nullable Long maxMemory;
        private CopyMode copy = CopyMode.NONE;
        private TimeSource time = TimeSource.SYSTEM;
        private Executor executor = ForkJoinPool.commonPool();

        private Builder() {}

        /** How many entries each namespace holds. */
        public Builder maxSize(long maxSize) {
            if (maxSize < 1) {
                throw new IllegalArgumentException("maxSize is " + maxSize + " but must be at least 1");
            }
            this.maxSize = maxSize;
            return this;
        }

        /**
         * How many bytes each namespace holds, by the size of the encoded values: with this bound every write encodes its
         * value once to learn its size.
         */
        public Builder maxMemory(long maxMemory) {
            if (maxMemory < 1) {
                throw new IllegalArgumentException("maxMemory is " + maxMemory + " bytes but must be at least 1");
            }
            this.maxMemory = maxMemory;
            return this;
        }

        /** When values are copied; never where it is not set. */
        public Builder copy(CopyMode copy) {
            this.copy = copy;
            return this;
        }

        public Builder time(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Runs Caffeine's maintenance. */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        public MemoryBackend build() {
            return new MemoryBackend(new Settings(maxSize, maxMemory, copy, time, executor));
        }
    }
}
