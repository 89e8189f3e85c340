package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.Cache;
import org.jspecify.annotations.Nullable;

/** What one annotation of a method asks of one cache. */
abstract class CacheOperation {

    private final NamedCache cache;
    private final @Nullable CallExpression condition;
    private final OperationLog log;

    CacheOperation(NamedCache cache, @Nullable CallExpression condition, OperationLog log) {
        this.cache = cache;
        this.condition = condition;
        this.log = log;
    }

    final NamedCache cache() {
        return cache;
    }

    final Cache<Object> handle() {
        return cache.handle();
    }

    final OperationLog log() {
        return log;
    }

    final boolean isUnconditional() {
        return condition == null;
    }

    /** Whether the condition holds. @throws RuntimeException when it cannot be evaluated */
    final boolean applies(Call call) {
        return condition == null || condition.isTrue(call);
    }
}
