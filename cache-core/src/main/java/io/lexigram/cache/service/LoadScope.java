package io.lexigram.cache.service;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.LoadContext;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one load has decided so far. */
final class LoadScope implements LoadContext {

    private final CacheKey key;
    private CallOptions decided = CallOptions.NONE;
    private final @Nullable StoredEntry stale;
    private @Nullable String version;
    private boolean stored = true;
    private boolean modified = true;

    /** The stale entry is what the load replaces. */
    LoadScope(CacheKey key, @Nullable StoredEntry stale) {
        this.key = key;
        this.stale = stale;
    }

    @Override
    public CacheKey key() {
        return key;
    }

    @Override
    public LoadContext ttl(Duration ttl) {
        decided = decided.ttl(ttl);
        return this;
    }

    @Override
    public LoadContext lastUpdated(Instant lastUpdated) {
        decided = decided.lastUpdated(lastUpdated);
        return this;
    }

    @Override
    public LoadContext tags(String... tags) {
        decided = decided.tags(tags);
        return this;
    }

    @Override
    public LoadContext doNotStore() {
        stored = false;
        return this;
    }

    @Override
    public LoadContext version(String version) {
        this.version = version;
        return this;
    }

    @Override
    public @Nullable Object staleValue() {
        return stale == null ? null : stale.value();
    }

    @Override
    public @Nullable String staleVersion() {
        return stale == null ? null : stale.version();
    }

    @Override
    public LoadContext notModified() {
        if (stale == null) {
            throw new IllegalStateException("There is no value of key '" + key.key()
                    + "' that could still hold: ask staleVersion() before, and return the value");
        }
        modified = false;
        return this;
    }

    /** What the load came to: what the loader returned, or what it says still holds. */
    @Nullable
    Object outcome(@Nullable Object returned) {
        return modified || stale == null ? returned : stale.value();
    }

    @Nullable
    String version() {
        return version != null || modified || stale == null ? version : stale.version();
    }

    @Nullable
    Duration ttl() {
        return decided.ttl();
    }

    @Nullable
    Instant lastUpdated() {
        return decided.lastUpdated();
    }

    Set<String> tags() {
        return modified || stale == null
                ? decided.tags()
                : decided.tags(stale.tags().toArray(String[]::new)).tags();
    }

    boolean isStored() {
        return stored;
    }
}
