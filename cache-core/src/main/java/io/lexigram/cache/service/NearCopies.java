package io.lexigram.cache.service;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.NearReads;
import io.lexigram.cache.spi.StoredEntry;
import org.jspecify.annotations.Nullable;

/** The copies that a store with tiers holds in this process; what an invalidation is to be delivered for counts as absent. */
final class NearCopies {

    private final @Nullable NearReads reads;
    private final Invalidations invalidations;

    NearCopies(EntryStore store, Invalidations invalidations) {
        this.reads = store instanceof NearReads near ? near : null;
        this.invalidations = invalidations;
    }

    /** The live entry where this process may serve its copy without asking, counted as nothing; else null. */
    @Nullable
    StoredEntry find(String key, TypeRef<?> type) {
        return reads == null || invalidations.isAwaited(key) ? null : reads.readNear(key, type);
    }

    /** What may stand in for a value that the backend does not answer and whose load has failed, past its lifetime. */
    @Nullable
    StoredEntry lastResort(String key, TypeRef<?> type) {
        return reads == null || invalidations.isAwaited(key) ? null : reads.readLastResort(key, type);
    }

    /** Gives up the copy where the call does not want it. */
    void dropUnwanted(String key, CallOptions options) {
        if (reads != null && !options.isCopyRead()) {
            reads.dropCopy(CacheKey.of(key).key());
        }
    }

    /** What the name of the backend is followed by to name the tier that a read of the key would be answered by now. */
    String tier(String key, TypeRef<?> type) {
        if (reads == null) {
            return "";
        }
        return find(key, type) == null ? ".l2" : ".l1";
    }
}
