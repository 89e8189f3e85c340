package io.lexigram.cache.backend;

import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.spi.StoredEntry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Judges the entries of one namespace by the group invalidations that came after they were loaded. */
interface Freshness {

    /** All entries are fresh. */
    Freshness ALWAYS = new Freshness() {

        private final CompletionStage<Long> never = CompletableFuture.completedFuture(0L);

        @Override
        public CompletionStage<Long> now() {
            return never;
        }

        @Override
        public boolean isUpToDate() {
            return true;
        }

        @Override
        public long known() {
            return 0;
        }

        @Override
        public boolean isFresh(long stamp, Set<String> tags) {
            return true;
        }

        @Override
        public CompletionStage<@Nullable Void> restamp(List<byte[]> keys, List<Long> entryIds, long stamp) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public long invalidate(Group group) {
            return 0;
        }

        @Override
        public boolean isQuiet(long stamp) {
            return true;
        }
    };

    /**
     * The tick of the groups' clock. Asks the backend at once, behind what was asked before, and completes when everything
     * up to the tick is known here.
     */
    CompletionStage<Long> now();

    /** Whether all is known here that happened before the answer that this thread has got last: {@link #now} need not be asked. */
    boolean isUpToDate();

    /** The tick as far as it is known here; 0 where it is not. */
    long known();

    /** Whether an entry with this stamp and these tags is valid as far as it is known here. May have to ask, and wait. */
    boolean isFresh(long stamp, Set<String> tags);

    /** Stamps what is under the keys with a later tick, where it still has the entry id. */
    CompletionStage<@Nullable Void> restamp(List<byte[]> keys, List<Long> entryIds, long stamp);

    /** Makes all entries of the group invalid that were loaded before, everywhere. @return the tick at which they are */
    long invalidate(Group group);

    /** Whether no group that an entry of the namespace could belong to was invalidated since the stamp. */
    boolean isQuiet(long stamp);

    default boolean isFresh(StoredEntry entry) {
        return isFresh(entry.stamp(), entry.tags());
    }
}
