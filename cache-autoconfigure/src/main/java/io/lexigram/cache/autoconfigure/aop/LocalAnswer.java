package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls of a method from the memory of this process, without making anything for the call. It answers as the
 * {@link Execution} of the method would, or not at all.
 */
final class LocalAnswer {

    /** In the place of an answer. */
    static final Object NONE = new Object();

    private final CachedOperation operation;
    private final ArgumentKey key;
    private final ReturnShape shape;
    private final boolean acceptsNull;

    private LocalAnswer(CachedOperation operation, ArgumentKey key, ReturnShape shape, boolean acceptsNull) {
        this.operation = operation;
        this.key = key;
        this.shape = shape;
        this.acceptsNull = acceptsNull;
    }

    /** Null where a call of the method is to do more than to look for the value of a plain argument. */
    static @Nullable LocalAnswer of(CallSite site, ReturnShape shape, MethodPlan.Operations operations) {
        boolean isKnownShape = shape.kind() == ReturnShape.Kind.VALUE || shape.kind() == ReturnShape.Kind.STAGE;
        if (!isKnownShape || !operations.isOneCached() || site.batch() != null) {
            return null;
        }
        CachedOperation operation = operations.cached().get(0);
        ArgumentKey key = operation.argumentKey();
        boolean acceptsNull = !site.method().getReturnType().isPrimitive();
        return key == null ? null : new LocalAnswer(operation, key, shape, acceptsNull);
    }

    /** What the method is to return, or {@link #NONE}. */
    @Nullable
    Object to(@Nullable Object[] args) {
        String plain = key.plainKeyOf(args);
        if (plain == null) {
            return NONE;
        }
        Object value = valueOf(plain);
        if (value == NONE || value == null && !acceptsNull) {
            return NONE;
        }
        Object answer = shape.wrapping().wrap(value);
        return shape.kind() == ReturnShape.Kind.VALUE ? answer : CompletableFuture.completedFuture(answer);
    }

    /** A hit of a cache that refreshes ahead may have to begin a load. */
    private @Nullable Object valueOf(String plain) {
        try {
            Cache<Object> cache = operation.handle();
            return cache.policy().refreshAhead() == null ? cache.getLocal(plain, NONE) : NONE;
        } catch (CacheException e) {
            // The execution comes to the same, and knows what to do about it.
            return NONE;
        }
    }
}
