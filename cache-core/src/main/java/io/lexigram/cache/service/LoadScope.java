package io.lexigram.cache.service;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.LoadContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one load has decided so far. */
final class LoadScope implements LoadContext {

    private final CacheKey key;
    private CallOptions decided = CallOptions.NONE;
    private boolean stored = true;

    LoadScope(CacheKey key) {
        this.key = key;
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

    @Nullable
    Duration ttl() {
        return decided.ttl();
    }

    @Nullable
    Instant lastUpdated() {
        return decided.lastUpdated();
    }

    Set<String> tags() {
        return decided.tags();
    }

    boolean isStored() {
        return stored;
    }
}
