package io.lexigram.cache.spi;

import io.lexigram.cache.TypeRef;
import org.jspecify.annotations.Nullable;

/** Entries of a shared backend of which this process holds copies. Nothing here asks the backend, waits or throws. */
public interface NearReads {

    /** The live entry, where this process knows by itself that it may be served; else null. */
    @Nullable
    StoredEntry readNear(String key, TypeRef<?> type);

    /**
     * What may stand in where the backend does not answer and the load has failed as well: past its lifetime, and never what an
     * invalidation that is known here has hit.
     */
    @Nullable
    StoredEntry readLastResort(String key, TypeRef<?> type);

    /** Gives up the copy of a key. */
    void dropCopy(String key);
}
