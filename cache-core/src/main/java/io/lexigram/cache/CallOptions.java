package io.lexigram.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call wants different from the policy of its cache. Immutable; every method returns a copy.
 *
 * <pre>{@code
 * products.put("42", product, CallOptions.NONE.ttl(Duration.ofMinutes(1)).tags("category:7"));
 * }</pre>
 */
public final class CallOptions {

    /** The policy of the cache, unchanged. */
    public static final CallOptions NONE = new CallOptions(null, null, Set.of(), true, true, true, true);

    private final @Nullable Duration ttl;
    private final @Nullable Instant lastUpdated;
    private final Set<String> tags;
    private final boolean isProtected;
    private final boolean isRead;
    private final boolean isWritten;
    private final boolean isCopyRead;

    private CallOptions(
            @Nullable Duration ttl,
            @Nullable Instant lastUpdated,
            Set<String> tags,
            boolean isProtected,
            boolean isRead,
            boolean isWritten,
            boolean isCopyRead) {
        this.isCopyRead = isCopyRead;
        this.isRead = isRead;
        this.isWritten = isWritten;
        this.ttl = ttl;
        this.lastUpdated = lastUpdated;
        this.tags = tags;
        this.isProtected = isProtected;
    }

    /**
     * The lifetime of the entry, from now; jitter shortens it as it does the cache's own.
     *
     * @throws IllegalArgumentException when it is zero or negative
     */
    public CallOptions ttl(Duration ttl) {
        return new CallOptions(
                Durations.positive("ttl", ttl), lastUpdated, tags, isProtected, isRead, isWritten, isCopyRead);
    }

    /**
     * When the value last changed at its source, from which a cache with an {@link AgeTtl} takes the lifetime. A lifetime that
     * is set goes before it, and a cache without leaves it unused.
     */
    public CallOptions lastUpdated(Instant lastUpdated) {
        return new CallOptions(ttl, lastUpdated, tags, isProtected, isRead, isWritten, isCopyRead);
    }

    /** Tags of the entry beside those of the cache. @throws CacheKeyException when one is empty or has control characters */
    public CallOptions tags(String... tags) {
        Set<String> all = new LinkedHashSet<>(this.tags);
        for (String tag : tags) {
            all.add(KeyRules.check("tag", tag));
        }
        return new CallOptions(ttl, lastUpdated, Set.copyOf(all), isProtected, isRead, isWritten, isCopyRead);
    }

    /** Loads without waiting for, or being waited for by, other callers of the key. */
    public CallOptions unprotected() {
        return new CallOptions(ttl, lastUpdated, tags, false, isRead, isWritten, isCopyRead);
    }

    /** Loads whatever there is in the cache, and replaces it. */
    public CallOptions skipRead() {
        return new CallOptions(ttl, lastUpdated, tags, isProtected, false, isWritten, isCopyRead);
    }

    /** Takes what there is in the cache; what is loaded is for the caller alone and not stored. */
    public CallOptions skipWrite() {
        return new CallOptions(ttl, lastUpdated, tags, isProtected, isRead, false, isCopyRead);
    }

    /** Asks the shared tier also where this process holds a copy; without effect on a backend that has one tier. */
    public CallOptions skipCopies() {
        return new CallOptions(ttl, lastUpdated, tags, isProtected, isRead, isWritten, false);
    }

    public boolean isRead() {
        return isRead;
    }

    public boolean isWritten() {
        return isWritten;
    }

    public boolean isCopyRead() {
        return isCopyRead;
    }

    public @Nullable Duration ttl() {
        return ttl;
    }

    public @Nullable Instant lastUpdated() {
        return lastUpdated;
    }

    public Set<String> tags() {
        return tags;
    }

    public boolean isProtected() {
        return isProtected;
    }
}
