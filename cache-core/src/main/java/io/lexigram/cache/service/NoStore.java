package io.lexigram.cache.service;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every read misses and every write is forgotten; a counter answers what it would as a new one. */
final class NoStore implements EntryStore {

    @Override
    public @Nullable StoredEntry read(String key, TypeRef<?> type) {
        return null;
    }

    @Override
    public Map<String, StoredEntry> readMany(Collection<String> keys, TypeRef<?> type) {
        return Map.of();
    }

    @Override
    public void write(String key, StoredEntry entry) {}

    @Override
    public boolean writeIfAbsent(String key, StoredEntry entry) {
        return false;
    }

    @Override
    public void writeMany(Map<String, StoredEntry> entries) {}

    @Override
    public boolean remove(String key) {
        return false;
    }

    @Override
    public long removeMany(Collection<String> keys) {
        return 0;
    }

    @Override
    public long removeMatching(Predicate<String> key, String literalPrefix) {
        return 0;
    }

    @Override
    public long removeTagged(String tag) {
        return 0;
    }

    @Override
    public long clear() {
        return 0;
    }

    @Override
    public boolean contains(String key) {
        return false;
    }

    @Override
    public boolean expire(String key, long ttlMillis) {
        return false;
    }

    @Override
    public void extend(String key, StoredEntry entry, long ttlMillis) {}

    @Override
    public long ttl(String key) {
        return -1;
    }

    @Override
    public long increment(String key, long by, long ttlMillis) {
        return by;
    }

    @Override
    public void resetCounter(String key, long value, long ttlMillis) {}

    @Override
    public Stream<String> keys(Predicate<String> key, String literalPrefix) {
        return Stream.empty();
    }

    /** Versions are forgotten like everything else, and nothing is there that could refuse one. */
    @Override
    public VersionedEntries versions() {
        return new VersionedEntries() {
            @Override
            public List<Outcome> write(List<Write> writes) {
                return writes.stream().map(write -> Outcome.STORED).toList();
            }

            @Override
            public @Nullable StoredEntry read(String key, String version, TypeRef<?> type) {
                return null;
            }

            @Override
            public long removeCurrent(Collection<String> keys) {
                return 0;
            }
        };
    }

    @Override
    public void accessed(String key, StoredEntry entry) {}

    @Override
    public long cleanupExpired() {
        return 0;
    }

    @Override
    public Contents contents() {
        return new Contents(0L, null, null, null);
    }
}
