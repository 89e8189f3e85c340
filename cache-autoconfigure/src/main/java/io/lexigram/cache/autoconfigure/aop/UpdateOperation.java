package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CallOptions;
import org.jspecify.annotations.Nullable;

/** A {@code @CacheUpdate} of one method. */
final class UpdateOperation extends CacheOperation {

    static final String NOT_UPDATED = "the cache is not updated";

    private final KeyExpression key;
    private final StoreRule rule;
    private final boolean storable;

    /**
     * @param storable whether the method returns anything
     */
    UpdateOperation(
            NamedCache cache,
            KeyExpression key,
            @Nullable CallExpression condition,
            StoreRule rule,
            boolean storable,
            OperationLog log) {
        super(cache, condition, log);
        this.key = key;
        this.rule = rule;
        this.storable = storable;
    }

    /** What to write for a call that has returned; null for nothing. What cannot be stored is removed instead. */
    @Nullable
    CacheWrite writeFor(Call returned) {
        return writeFor(returned, storable);
    }

    /** As {@link #writeFor}, for a result that is not to be stored. */
    @Nullable
    CacheWrite removalFor(Call returned) {
        return writeFor(returned, false);
    }

    private @Nullable CacheWrite writeFor(Call returned, boolean store) {
        String name;
        try {
            if (!applies(returned)) {
                return null;
            }
            name = key.keyOf(returned);
        } catch (RuntimeException e) {
            log().fault(NOT_UPDATED, e);
            return null;
        }
        CallOptions options = store ? optionsFor(returned) : null;
        return options == null ? Invalidation.ofKey(this, name) : new Update(this, name, returned.result(), options);
    }

    private @Nullable CallOptions optionsFor(Call returned) {
        try {
            return rule.optionsFor(returned);
        } catch (RuntimeException e) {
            log().fault("the entry is removed instead of updated", e);
            return null;
        }
    }
}
