package io.lexigram.cache.backend;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.backend.Trips.Answer;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.VersionedBytes;
import io.lexigram.cache.spi.ByteBackend.Versions;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The versions of the entries of a store of bytes. Current versions and others have the same bytes but for the end of life. */
final class EncodedVersions implements VersionedEntries {

    private final EncodedStore store;
    private final Versions versions;

    EncodedVersions(EncodedStore store, Versions versions) {
        this.store = store;
        this.versions = versions;
    }

    /** As other writes, one that failed takes along what was there. */
    @Override
    public List<Outcome> write(List<Write> writes) {
        List<byte[]> physical =
                writes.stream().map(write -> store.physical(write.key())).toList();
        try {
            return writeStamped(writes, physical);
        } catch (CacheException e) {
            store.undo(e, physical);
            throw e;
        }
    }

    private List<Outcome> writeStamped(List<Write> writes, List<byte[]> physical) {
        long stamp = store.stamp();
        List<VersionedBytes> bytes = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            bytes.add(bytes(physical.get(i), writes.get(i), stamp));
        }
        List<Outcome> outcomes = store.deadline.await(
                () -> {
                    CompletionStage<List<Outcome>> written = versions.setVersions(bytes);
                    CompletionStage<Long> now = store.freshness.now();
                    return Deadline.of(written.thenCombine(now, (answer, tick) -> answer), written);
                },
                bytes.size());
        List<byte[]> keys = new ArrayList<>(2 * bytes.size());
        List<ByteEntry> entries = new ArrayList<>(2 * bytes.size());
        for (VersionedBytes one : bytes) {
            keys.add(one.entry().key());
            keys.add(KeyCodec.versionOf(one.entry().key(), one.rank().version()));
            entries.add(one.entry());
            entries.add(one.entry());
        }
        while (!store.stillFresh(writes.stream().map(Write::entry).toList(), stamp)) {
            stamp = store.restamp(keys, entries);
        }
        return outcomes;
    }

    private VersionedBytes bytes(byte[] physical, Write write, long stamp) {
        StoredEntry entry = write.entry();
        long end = write.currentMillis() == StoredEntry.NEVER
                ? Envelope.NEVER
                : entry.createdAtMillis() + write.currentMillis();
        return new VersionedBytes(
                store.byteEntry(physical, write.key(), entry, stamp),
                write.currentMillis(),
                end,
                write.rank(),
                write.ordered());
    }

    @Override
    public @Nullable StoredEntry read(String key, String version, TypeRef<?> type) {
        byte[] physical = KeyCodec.versionOf(store.physical(key), version);
        Answer answer = store.trips.read(() -> store.backend.get(physical), physical);
        List<byte[]> undecodable = new ArrayList<>(0);
        StoredEntry entry = store.decode(key, physical, answer.value(), answer.remainingMillis(), type, undecodable);
        store.discard(undecodable);
        return entry == null || !version.equals(entry.version()) ? null : entry;
    }

    @Override
    public long removeCurrent(Collection<String> keys) {
        return keys.isEmpty()
                ? 0
                : store.deadline.await(() -> versions.deleteCurrent(store.physical(keys)), keys.size());
    }
}
