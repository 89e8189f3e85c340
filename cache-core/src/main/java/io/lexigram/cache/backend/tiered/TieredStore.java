package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.NearReads;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One namespace in two tiers. The shared tier decides what there is; the copies answer for it while they may. Every change is
 * dropped here, made there, dropped here again and told to the other nodes, in this order: what was read before it is not
 * copied after it.
 */
class TieredStore implements EntryStore, NearReads {

    final EntryStore shared;
    final Copies copies;
    final Coherence coherence;
    private final String namespace;

    TieredStore(String namespace, EntryStore shared, Copies copies, Coherence coherence) {
        this.namespace = namespace;
        this.shared = shared;
        this.copies = copies;
        this.coherence = coherence;
    }

    @Override
    public @Nullable StoredEntry readNear(String key, TypeRef<?> type) {
        return copies.fresh(key, type);
    }

    @Override
    public @Nullable StoredEntry readLastResort(String key, TypeRef<?> type) {
        return copies.lastResort(key, type);
    }

    @Override
    public void dropCopy(String key) {
        copies.drop(key);
    }

    @Override
    public @Nullable StoredEntry read(String key, TypeRef<?> type) {
        StoredEntry copy = copies.fresh(key, type);
        if (copy != null) {
            return copy;
        }
        long ticket = copies.ticket();
        StoredEntry entry;
        try {
            entry = shared.read(key, type);
        } catch (CacheBackendException e) {
            StoredEntry standIn = copies.unconfirmed(key, type);
            if (standIn == null) {
                throw e;
            }
            return standIn;
        }
        keep(key, ticket, entry);
        return entry;
    }

    /** Copies what the shared tier has; what it has not is not kept here either. */
    final void keep(String key, long ticket, @Nullable StoredEntry entry) {
        if (entry == null) {
            copies.forget(key, ticket);
        } else {
            copies.keep(key, ticket, entry);
        }
    }

    @Override
    public Map<String, StoredEntry> readMany(Collection<String> keys, TypeRef<?> type) {
        Map<String, StoredEntry> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String key : keys) {
            StoredEntry copy = copies.fresh(key, type);
            if (copy == null) {
                missing.add(key);
            }
            found.put(key, copy);
        }
        if (!missing.isEmpty()) {
            readMissing(missing, type, found);
        }
        found.values().removeIf(entry -> entry == null);
        return found;
    }

    private void readMissing(List<String> missing, TypeRef<?> type, Map<String, @Nullable StoredEntry> found) {
        long ticket = copies.ticket();
        Map<String, StoredEntry> read;
        try {
            read = shared.readMany(missing, type);
        } catch (CacheBackendException e) {
            for (String key : missing) {
                StoredEntry standIn = copies.unconfirmed(key, type);
                if (standIn == null) {
                    throw e;
                }
                found.put(key, standIn);
            }
            return;
        }
        for (String key : missing) {
            StoredEntry entry = read.get(key);
            keep(key, ticket, entry);
            found.put(key, entry);
        }
    }

    @Override
    public void write(String key, StoredEntry entry) {
        long ticket = copies.drop(key);
        boolean isWritten = false;
        try {
            shared.write(key, entry);
            isWritten = true;
        } finally {
            settled(key, ticket, isWritten ? entry : null);
            coherence.changed(namespace, List.of(key));
        }
    }

    private void settled(String key, long ticket, @Nullable StoredEntry entry) {
        if (entry == null) {
            copies.drop(key);
        } else {
            copies.settle(key, ticket, entry);
        }
    }

    @Override
    public boolean writeIfAbsent(String key, StoredEntry entry) {
        long ticket = copies.drop(key);
        boolean isWritten = false;
        boolean isKnown = false;
        try {
            isWritten = shared.writeIfAbsent(key, entry);
            isKnown = true;
            return isWritten;
        } finally {
            settled(key, ticket, isWritten ? entry : null);
            if (isWritten || !isKnown) {
                coherence.changed(namespace, List.of(key));
            }
        }
    }

    @Override
    public void writeMany(Map<String, StoredEntry> entries) {
        Map<String, Long> tickets = new LinkedHashMap<>();
        entries.keySet().forEach(key -> tickets.put(key, copies.drop(key)));
        boolean isWritten = false;
        try {
            shared.writeMany(entries);
            isWritten = true;
        } finally {
            for (Map.Entry<String, Long> ticket : tickets.entrySet()) {
                StoredEntry entry = isWritten ? entries.get(ticket.getKey()) : null;
                settled(ticket.getKey(), ticket.getValue(), entry);
            }
            coherence.changed(namespace, entries.keySet());
        }
    }

    @Override
    public boolean remove(String key) {
        return changing(List.of(key), () -> shared.remove(key));
    }

    @Override
    public long removeMany(Collection<String> keys) {
        return changing(keys, () -> shared.removeMany(keys));
    }

    /** A change of some keys that leaves no copies here. */
    final <T> T changing(Collection<String> keys, Supplier<T> change) {
        keys.forEach(copies::drop);
        try {
            return change.get();
        } finally {
            keys.forEach(copies::drop);
            coherence.changed(namespace, keys);
        }
    }

    @Override
    public long removeMatching(Predicate<String> key, String literalPrefix) {
        return invalidating(
                copies::dropAll,
                Group.namespace(namespace),
                () -> shared.removeMatching(key, literalPrefix),
                () -> copies.held().clear());
    }

    @Override
    public long removeTagged(String tag) {
        return invalidating(
                () -> copies.dropTag(tag),
                Group.tag(namespace, tag),
                () -> shared.removeTagged(tag),
                () -> copies.held().removeTagged(tag));
    }

    @Override
    public long clear() {
        return invalidating(copies::dropAll, Group.namespace(namespace), shared::clear, () -> copies.held()
                .clear());
    }

    /**
     * The other nodes are told before as well: the invalidation takes effect when it begins, and its sweep may last. What they
     * copy in between is dropped by the second message.
     *
     * @param reclaim frees what the dropped copies take; what is copied meanwhile may go with them
     */
    private long invalidating(Runnable drop, Group group, LongSupplier removal, Runnable reclaim) {
        drop.run();
        coherence.invalidated(group);
        try {
            return removal.getAsLong();
        } finally {
            drop.run();
            coherence.invalidated(group);
            reclaim.run();
        }
    }

    @Override
    public boolean contains(String key) {
        return shared.contains(key);
    }

    @Override
    public boolean expire(String key, long ttlMillis) {
        return changing(List.of(key), () -> shared.expire(key, ttlMillis));
    }

    /** The copy goes on being one for as long as it was to be: the next read of the shared tier tells how long it lives. */
    @Override
    public void extend(String key, StoredEntry entry, long ttlMillis) {
        shared.extend(key, entry, ttlMillis);
        copies.held().extend(key, entry, ttlMillis);
    }

    @Override
    public long ttl(String key) {
        return shared.ttl(key);
    }

    @Override
    public long increment(String key, long by, long ttlMillis) {
        copies.drop(key);
        try {
            return shared.increment(key, by, ttlMillis);
        } finally {
            copies.drop(key);
        }
    }

    @Override
    public void resetCounter(String key, long value, long ttlMillis) {
        changing(List.of(key), () -> {
            shared.resetCounter(key, value, ttlMillis);
            return true;
        });
    }

    @Override
    public Stream<String> keys(Predicate<String> key, String literalPrefix) {
        return shared.keys(key, literalPrefix);
    }

    @Override
    public void accessed(String key, StoredEntry entry) {
        copies.held().accessed(key, entry);
        shared.accessed(key, entry);
    }

    @Override
    public long cleanupExpired() {
        return copies.cleanUp() + shared.cleanupExpired();
    }

    /** What this process holds: the shared tier cannot tell without a scan. */
    @Override
    public Contents contents() {
        return copies.held().contents();
    }

    @Override
    public VersionedEntries versions() {
        return new TieredVersions(this, shared.versions());
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        T found = copies.held().unwrap(type);
        return found == null ? shared.unwrap(type) : found;
    }

    @Override
    public void close() {
        copies.held().close();
        shared.close();
    }
}
