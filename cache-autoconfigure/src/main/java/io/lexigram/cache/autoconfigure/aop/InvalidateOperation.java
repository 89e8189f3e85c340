package io.lexigram.cache.autoconfigure.aop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code @CacheInvalidate} of one method. */
final class InvalidateOperation extends CacheOperation {

    static final String NOTHING_REMOVED = "nothing is removed from the cache";

    private final Targets targets;
    private final boolean beforeInvocation;

    InvalidateOperation(
            NamedCache cache,
            Targets targets,
            boolean beforeInvocation,
            @Nullable CallExpression condition,
            OperationLog log) {
        super(cache, condition, log);
        this.targets = targets;
        this.beforeInvocation = beforeInvocation;
    }

    boolean beforeInvocation() {
        return beforeInvocation;
    }

    /** What to remove for a call; null for nothing. */
    @Nullable
    CacheWrite writeFor(Call call) {
        try {
            return applies(call) ? targets.of(this, call) : null;
        } catch (RuntimeException e) {
            log().fault(NOTHING_REMOVED, e);
            return null;
        }
    }

    /** What the annotation names. */
    record Targets(
            @Nullable KeyExpression key, @Nullable TextTemplate pattern, List<TextTemplate> tags, boolean allEntries) {

        private Invalidation of(CacheOperation operation, Call call) {
            List<String> names = new ArrayList<>(tags.size());
            for (TextTemplate tag : tags) {
                names.add(tag.textFor(call));
            }
            return new Invalidation(
                    operation,
                    key == null ? null : key.keyOf(call),
                    pattern == null ? null : pattern.textFor(call),
                    names,
                    allEntries);
        }
    }
}
