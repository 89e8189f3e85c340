package io.lexigram.cache.contract;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does what another store does. */
class ForwardingStore implements EntryStore {

    private final EntryStore store;

    ForwardingStore(EntryStore store) {
        this.store = store;
    }

    @Override
    public @Nullable StoredEntry read(String key, TypeRef<?> type) {
        return store.read(key, type);
    }

    @Override
    public Map<String, StoredEntry> readMany(Collection<String> keys, TypeRef<?> type) {
        return store.readMany(keys, type);
    }

    @Override
    public void write(String key, StoredEntry entry) {
        store.write(key, entry);
    }

    @Override
    public boolean writeIfAbsent(String key, StoredEntry entry) {
        return store.writeIfAbsent(key, entry);
    }

    @Override
    public void writeMany(Map<String, StoredEntry> entries) {
        store.writeMany(entries);
    }

    @Override
    public boolean remove(String key) {
        return store.remove(key);
    }

    @Override
    public long removeMany(Collection<String> keys) {
        return store.removeMany(keys);
    }

    @Override
    public long removeMatching(Predicate<String> key, String literalPrefix) {
        return store.removeMatching(key, literalPrefix);
    }

    @Override
    public long removeTagged(String tag) {
        return store.removeTagged(tag);
    }

    @Override
    public long clear() {
        return store.clear();
    }

    @Override
    public boolean contains(String key) {
        return store.contains(key);
    }

    @Override
    public boolean expire(String key, long ttlMillis) {
        return store.expire(key, ttlMillis);
    }

    @Override
    public void extend(String key, StoredEntry entry, long ttlMillis) {
        store.extend(key, entry, ttlMillis);
    }

    @Override
    public long ttl(String key) {
        return store.ttl(key);
    }

    @Override
    public long increment(String key, long by, long ttlMillis) {
        return store.increment(key, by, ttlMillis);
    }

    @Override
    public void resetCounter(String key, long value, long ttlMillis) {
        store.resetCounter(key, value, ttlMillis);
    }

    @Override
    public Stream<String> keys(Predicate<String> key, String literalPrefix) {
        return store.keys(key, literalPrefix);
    }

    @Override
    public VersionedEntries versions() {
        return store.versions();
    }

    @Override
    public void accessed(String key, StoredEntry entry) {
        store.accessed(key, entry);
    }

    @Override
    public long cleanupExpired() {
        return store.cleanupExpired();
    }

    @Override
    public Contents contents() {
        return store.contents();
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return store.unwrap(type);
    }

    @Override
    public void close() {
        store.close();
    }
}
