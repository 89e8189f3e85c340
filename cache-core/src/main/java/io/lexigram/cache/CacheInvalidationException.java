package io.lexigram.cache;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An invalidation that could not be carried out, or not wholly. */
public class CacheInvalidationException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final Set<String> keys;
    private final @Nullable String tag;
    private final @Nullable String pattern;
    private final boolean pending;

    public CacheInvalidationException(
            String message,
            Set<String> keys,
            @Nullable String tag,
            @Nullable String pattern,
            @Nullable Throwable cause) {
        this(message, keys, tag, pattern, false, cause);
    }

    private CacheInvalidationException(
            String message,
            Set<String> keys,
            @Nullable String tag,
            @Nullable String pattern,
            boolean pending,
            @Nullable Throwable cause) {
        super(message, cause);
        this.pending = pending;
        this.keys = Set.copyOf(keys);
        this.tag = tag;
        this.pattern = pattern;
    }

    /** An invalidation that the backend could not be told, and will be: until then what it concerns is absent on this node. */
    public static CacheInvalidationException pending(Collection<String> keys, @Nullable Throwable cause) {
        return new CacheInvalidationException(
                "The invalidation is pending: the backend could not be told and will be. Until then what it concerns is"
                        + " absent on this node; other nodes may still see it.",
                Set.copyOf(keys),
                null,
                null,
                true,
                cause);
    }

    /** Whether it is kept and carried out as soon as the backend answers again. */
    public boolean isPending() {
        return pending;
    }

    public Set<String> keys() {
        return keys;
    }

    public @Nullable String tag() {
        return tag;
    }

    public @Nullable String pattern() {
        return pattern;
    }
}
