package io.lexigram.cache;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An invalidation that could not be carried out, or not wholly. */
public class CacheInvalidationException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final Set<String> keys;
    private final @Nullable String tag;
    private final @Nullable String pattern;

    public CacheInvalidationException(
            String message,
            Set<String> keys,
            @Nullable String tag,
            @Nullable String pattern,
            @Nullable Throwable cause) {
        super(message, cause);
        this.keys = Set.copyOf(keys);
        this.tag = tag;
        this.pattern = pattern;
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
