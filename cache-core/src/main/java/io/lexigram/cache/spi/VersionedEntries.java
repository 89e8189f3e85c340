package io.lexigram.cache.spi;

import io.lexigram.cache.TypeRef;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a store by version. What is written is an entry of the key itself, its current version, and an entry of the
 * version beside it. A removal of the key in any other way than by {@link #removeCurrent} takes all of its versions, counts what
 * was under the key itself, and leaves the rank of its last version.
 */
public interface VersionedEntries {

    /** How many versions of a key are kept; of more, those go that would end first. */
    int MAX_VERSIONS = 100;

    /** How long the last version of a key whose values live for ever is remembered after its removal. */
    long LONGEST_MEMORY_MILLIS = 24 * 60 * 60 * 1000L;

    /** Writes in one trip per shard, each in one step. @return what came of each, in their order */
    List<Outcome> write(List<Write> writes);

    /** The entry of a version. */
    @Nullable
    StoredEntry read(String key, String version, TypeRef<?> type);

    /** Removes what is under the keys and leaves the entries of their versions. @return how many live entries there were */
    long removeCurrent(Collection<String> keys);

    /**
     * A version to write.
     *
     * @param entry the entry of the version, with its lifetime and {@link StoredEntry#version}
     * @param currentMillis how long it is the current one, or {@link StoredEntry#NEVER}
     * @param ordered whether it is only written where the last version is not higher
     */
    record Write(String key, StoredEntry entry, long currentMillis, VersionRank rank, boolean ordered) {}

    /**
     * What came of a write.
     *
     * @param last the last version of the key, where the write was refused for it
     */
    record Outcome(Result result, @Nullable String last) {

        public static final Outcome STORED = new Outcome(Result.STORED, null);
    }

    /** How a write ends. */
    enum Result {
        STORED,
        /** The last version is higher. */
        OUTDATED,
        /** The last version is of another kind. */
        INCOMPARABLE
    }
}
