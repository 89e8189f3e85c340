package io.lexigram.cache.contract;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Entries that differ from others in one thing. */
final class Edit {

    private Edit() {}

    static StoredEntry value(StoredEntry entry, @Nullable Object value) {
        return copy(entry, value, entry.schema(), entry.createdAtMillis(), entry.ttlMillis(), entry.tags());
    }

    /** With another value where it is of the class; the same entry otherwise. */
    static <T> UnaryOperator<StoredEntry> valueOf(Class<T> type, UnaryOperator<T> change) {
        return entry -> type.isInstance(entry.value()) ? value(entry, change.apply(type.cast(entry.value()))) : entry;
    }

    static StoredEntry schema(StoredEntry entry, String schema) {
        StoredEntry copy = new StoredEntry(
                entry.value(),
                schema,
                entry.createdAtMillis(),
                entry.ttlMillis(),
                entry.loadNanos(),
                entry.version(),
                entry.tags());
        copy.expiresAtMillis(entry.expiresAtMillis());
        return copy;
    }

    static StoredEntry ttl(StoredEntry entry, long ttlMillis) {
        StoredEntry copy = copy(entry, entry.value(), entry.schema(), entry.createdAtMillis(), ttlMillis, entry.tags());
        copy.expiresAtMillis(ttlMillis == StoredEntry.NEVER ? StoredEntry.NEVER : entry.createdAtMillis() + ttlMillis);
        return copy;
    }

    static StoredEntry tags(StoredEntry entry, Set<String> tags) {
        return copy(entry, entry.value(), entry.schema(), entry.createdAtMillis(), entry.ttlMillis(), tags);
    }

    static StoredEntry createdAt(StoredEntry entry, long millis) {
        return copy(entry, entry.value(), entry.schema(), millis, entry.ttlMillis(), entry.tags());
    }

    private static StoredEntry copy(
            StoredEntry entry, @Nullable Object value, String schema, long createdAt, long ttl, Set<String> tags) {
        TypeRef<?> type = entry.type();
        StoredEntry copy = type == null
                ? new StoredEntry(value, schema, createdAt, ttl, entry.loadNanos(), entry.version(), tags)
                : new StoredEntry(value, type, createdAt, ttl, entry.loadNanos(), entry.version(), tags);
        copy.expiresAtMillis(entry.expiresAtMillis());
        copy.accessed(entry.hits(), entry.lastAccessMillis());
        return copy;
    }
}
