package io.lexigram.cache.spi;

import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a backend needs to know to open the store of one namespace.
 *
 * @param namespace the namespace; empty for keys without one
 * @param maxEntries the bound of a store in memory; null for the backend's own
 * @param codec encodes what is written
 * @param codecs every known codec by name: what is read names its own
 * @param schemaVersion entries of another schema version are not readable
 * @param timed whether a read has to know when the entry's life ends
 * @param ticker nanoseconds by which a store in memory forgets what has ended; null for the backend's own
 */
public record StoreSpec(
        String namespace,
        @Nullable Long maxEntries,
        Codec codec,
        Map<String, Codec> codecs,
        String schemaVersion,
        boolean timed,
        StoreListener listener,
        @Nullable LongSupplier ticker) {

    public StoreSpec {
        codecs = Map.copyOf(codecs);
    }

    public StoreSpec(
            String namespace,
            @Nullable Long maxEntries,
            Codec codec,
            Map<String, Codec> codecs,
            String schemaVersion,
            boolean timed,
            StoreListener listener) {
        this(namespace, maxEntries, codec, codecs, schemaVersion, timed, listener, null);
    }

    /** The same for a read that has to know when the entry's life ends, or need not. */
    public StoreSpec timed(boolean timed) {
        return new StoreSpec(namespace, maxEntries, codec, codecs, schemaVersion, timed, listener, ticker);
    }

    /** The same by another ticker. */
    public StoreSpec ticker(LongSupplier ticker) {
        return new StoreSpec(namespace, maxEntries, codec, codecs, schemaVersion, timed, listener, ticker);
    }

    /** The same for another listener. */
    public StoreSpec listener(StoreListener listener) {
        return new StoreSpec(namespace, maxEntries, codec, codecs, schemaVersion, timed, listener, ticker);
    }
}
