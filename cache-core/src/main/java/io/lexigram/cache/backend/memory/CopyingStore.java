package io.lexigram.cache.backend.memory;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import org.jspecify.annotations.Nullable;

/** A store that copies values on their way out, on their way in, or both. */
final class CopyingStore extends MemoryStore {

    private final CopyMode mode;
    private final ValueCopier copier;

    CopyingStore(StoreSpec spec, MemoryBackend.Settings settings, Runnable onClose) {
        super(spec, settings, onClose);
        this.mode = settings.copy();
        this.copier = new ValueCopier(spec.codec());
    }

    @Override
    public @Nullable StoredEntry read(String key, TypeRef<?> type) {
        StoredEntry entry = super.read(key, type);
        if (entry == null || !mode.onRead()) {
            return entry;
        }
        try {
            return copier.copy(entry, type);
        } catch (CacheSerializationException e) {
            undecodable(key, entry, e);
            return null;
        }
    }

    @Override
    StoredEntry served(StoredEntry entry, TypeRef<?> type) {
        return mode.onRead() ? copier.copy(super.served(entry, type), type) : super.served(entry, type);
    }

    /** A value that cannot be copied takes the old one along: that would be wrong. */
    @Override
    public void write(String key, StoredEntry entry) {
        StoredEntry own;
        try {
            own = own(entry);
        } catch (CacheSerializationException e) {
            remove(key);
            throw e;
        }
        super.write(key, own);
    }

    @Override
    public boolean writeIfAbsent(String key, StoredEntry entry) {
        return super.writeIfAbsent(key, own(entry));
    }

    /** The reader holds a copy of the entry. */
    @Override
    public void accessed(String key, StoredEntry entry) {
        StoredEntry held = held(key);
        if (held != null) {
            super.accessed(key, held);
        }
    }

    @Override
    StoredEntry own(StoredEntry entry) {
        return mode.onWrite() ? copier.copy(entry) : entry;
    }
}
