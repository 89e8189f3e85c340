package io.lexigram.cache.backend.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.spi.VersionedEntries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a store's entries, one history for each key, with bounds of their own that are those of the entries. The
 * current version is an entry of the store; it changes under the lock of the key's history.
 */
final class MemoryVersions implements VersionedEntries {

    private final MemoryStore store;
    private final StoreSpec spec;
    private final TimeSource time;
    private final Cache<String, VersionHistory> histories;
    private volatile boolean used;

    MemoryVersions(MemoryStore store, StoreSpec spec, MemoryBackend.Settings settings) {
        this.store = store;
        this.spec = spec;
        this.time = settings.time();
        this.histories = build(spec, settings);
    }

    private static Cache<String, VersionHistory> build(StoreSpec spec, MemoryBackend.Settings settings) {
        Long maxEntries = spec.maxEntries();
        long maxSize = maxEntries == null ? settings.maxSize() : maxEntries;
        var caffeine = Caffeine.newBuilder()
                .expireAfter(Expiry.<String, VersionHistory>writing((key, history) ->
                        Duration.ofNanos(history.end() - settings.time().nanos())))
                .ticker(settings.time().ticker()::getAsLong)
                .executor(settings.executor());
        Long maxMemory = settings.maxMemory();
        if (maxMemory == null) {
            return caffeine.maximumSize(maxSize).build();
        }
        EntryWeigher entries = new EntryWeigher(spec.codec(), maxSize, maxMemory);
        return caffeine.maximumWeight(maxMemory)
                .<String, VersionHistory>weigher((key, history) -> (int) Math.min(
                        Integer.MAX_VALUE,
                        entries.share()
                                + history.held().values().stream()
                                        .mapToLong(held -> entries.weigh(key, held.entry()))
                                        .sum()))
                .build();
    }

    @Override
    public List<Outcome> write(List<Write> writes) {
        List<Outcome> outcomes = new ArrayList<>(writes.size());
        writes.forEach(write -> outcomes.add(write(write)));
        return outcomes;
    }

    private Outcome write(Write write) {
        used = true;
        StoredEntry entry;
        try {
            entry = store.own(write.entry());
        } catch (CacheSerializationException e) {
            removeCurrent(List.of(write.key()));
            throw e;
        }
        Write own = new Write(write.key(), entry, write.currentMillis(), write.rank(), write.ordered());
        Outcome[] outcome = {Outcome.STORED};
        histories.asMap().compute(write.key(), (key, history) -> {
            Result refusal = history == null || !own.ordered() ? null : refusal(history.last(), own.rank());
            if (history != null && refusal != null) {
                outcome[0] = new Outcome(refusal, history.last().version());
                return history;
            }
            store.writeCurrent(key, current(own), own.currentMillis());
            return VersionHistory.with(history, own, time.nanos());
        });
        return outcome[0];
    }

    private static @Nullable Result refusal(VersionRank last, VersionRank rank) {
        if (!rank.isComparableWith(last)) {
            return Result.INCOMPARABLE;
        }
        return rank.isLowerThan(last) ? Result.OUTDATED : null;
    }

    /** An entry of its own, for its end may be moved. */
    private StoredEntry current(Write write) {
        StoredEntry entry = write.entry();
        StoredEntry current = entry.renewed(entry.createdAtMillis(), entry.ttlMillis(), 0);
        current.expiresAtMillis(
                write.currentMillis() == StoredEntry.NEVER
                        ? StoredEntry.NEVER
                        : entry.createdAtMillis() + write.currentMillis());
        return current;
    }

    @Override
    public @Nullable StoredEntry read(String key, String version, TypeRef<?> type) {
        VersionHistory history = histories.getIfPresent(key);
        StoredEntry entry = history == null ? null : history.entry(version, time.nanos());
        if (entry == null) {
            return null;
        }
        try {
            return store.served(entry, type);
        } catch (CacheSerializationException e) {
            StoredEntry unreadable = entry;
            histories.asMap().computeIfPresent(key, (k, held) -> held.without(one -> one == unreadable));
            spec.listener().undecodable(key, e);
            return null;
        }
    }

    @Override
    public long removeCurrent(Collection<String> keys) {
        return keys.stream()
                .distinct()
                .filter(key -> removing(key, false, () -> store.removeCurrent(key)))
                .count();
    }

    /** Removes the current version and all others. */
    boolean remove(String key, BooleanSupplier removeCurrent) {
        return removing(key, true, removeCurrent);
    }

    private boolean removing(String key, boolean hard, BooleanSupplier removeCurrent) {
        if (!used) {
            return removeCurrent.getAsBoolean();
        }
        boolean[] removed = {false};
        histories.asMap().compute(key, (k, history) -> {
            removed[0] = removeCurrent.getAsBoolean();
            if (history == null) {
                return null;
            }
            return hard ? history.withoutEntries(time.nanos()) : history.withoutCurrent(time.nanos());
        });
        return removed[0];
    }

    void removeTagged(String tag) {
        if (used) {
            histories
                    .asMap()
                    .replaceAll((key, history) ->
                            history.without(entry -> entry.tags().contains(tag)));
        }
    }

    /** The keys of which there are versions, current or not. */
    Stream<String> keys() {
        return used
                ? histories.asMap().entrySet().stream()
                        .filter(history -> !history.getValue().held().isEmpty())
                        .map(Map.Entry::getKey)
                : Stream.empty();
    }

    void close() {
        histories.invalidateAll();
    }
}
