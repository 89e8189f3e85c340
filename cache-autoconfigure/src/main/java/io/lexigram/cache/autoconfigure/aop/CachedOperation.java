package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CallOptions;
import io.lexigram.cache.LoadContext;
import org.jspecify.annotations.Nullable;

/** A {@code @Cached} of one method. */
final class CachedOperation extends CacheOperation {

    static final String UNCACHED = "the call is not cached";

    private final KeyExpression key;
    private final StoreRule rule;

    CachedOperation(
            NamedCache cache, KeyExpression key, @Nullable CallExpression condition, StoreRule rule, OperationLog log) {
        super(cache, condition, log);
        this.key = key;
        this.rule = rule;
    }

    /** The options of the load, as far as they are known before it. */
    CallOptions options() {
        return rule.options();
    }

    /** Whether options differ between the entries of one call. */
    boolean varies() {
        return rule.varies();
    }

    /** The argument that is the key of every call; null where a call may have another key, or none. */
    @Nullable
    ArgumentKey argumentKey() {
        return isUnconditional() && key instanceof ArgumentKey argument ? argument : null;
    }

    /** The key; null where the call must not touch the cache. */
    @Nullable
    String keyFor(Call call) {
        try {
            return applies(call) ? key.keyOf(call) : null;
        } catch (RuntimeException e) {
            log().fault(UNCACHED, e);
            return null;
        }
    }

    /** The options for storing what the method returned; null where it must not be stored. */
    @Nullable
    CallOptions optionsFor(Call returned) {
        try {
            return rule.optionsFor(returned);
        } catch (RuntimeException e) {
            log().fault(UNCACHED, e);
            return null;
        }
    }

    /** Tells the load under way how to store what the method returned. */
    void decide(Call returned, LoadContext load) {
        CallOptions options = optionsFor(returned);
        if (options == null) {
            load.doNotStore();
        } else if (options != rule.options()) {
            load.tags(options.tags().toArray(String[]::new));
        }
    }
}
