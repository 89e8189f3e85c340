package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions are kept in the shared tier alone; a new current one drops the copies of the one before. */
final class TieredVersions implements VersionedEntries {

    private final TieredStore store;
    private final VersionedEntries shared;

    TieredVersions(TieredStore store, VersionedEntries shared) {
        this.store = store;
        this.shared = shared;
    }

    @Override
    public List<Outcome> write(List<Write> writes) {
        return store.changing(writes.stream().map(Write::key).toList(), () -> shared.write(writes));
    }

    @Override
    public @Nullable StoredEntry read(String key, String version, TypeRef<?> type) {
        return shared.read(key, version, type);
    }

    @Override
    public long removeCurrent(Collection<String> keys) {
        return store.changing(keys, () -> shared.removeCurrent(keys));
    }
}
