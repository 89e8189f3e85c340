package io.lexigram.cache.load;

import io.lexigram.cache.TypeRef;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One load under way that others may wait for, with the fence of what it will store. */
public final class Flight extends Fence {

    private final TypeRef<?> type;
    private final @Nullable Thread leader;
    private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

    Flight(String key, long stamp, TypeRef<?> type, @Nullable Thread leader) {
        super(key, stamp);
        this.type = type;
        this.leader = leader;
    }

    /** The type of the value that is loaded: callers of another type cannot share it. */
    public TypeRef<?> type() {
        return type;
    }

    /** The thread that runs the load; null for an asynchronous one. */
    public @Nullable Thread leader() {
        return leader;
    }

    /** Hands the value to those who wait. */
    public void complete(@Nullable Object value) {
        result.complete(value);
    }

    /** Hands the failure to those who wait. */
    public void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }

    /** Tells those who wait that the leader gave up for a reason of its own, and that one of them has to lead. */
    public void abandon() {
        result.completeExceptionally(new AbandonedException());
    }

    /** What the load comes to; fails with {@link AbandonedException} where the leader gave up. */
    public CompletableFuture<@Nullable Object> result() {
        return result;
    }
}
