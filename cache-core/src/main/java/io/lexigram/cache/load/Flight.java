package io.lexigram.cache.load;

import io.lexigram.cache.TypeRef;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One load under way that others may wait for, with the fence of what it will store. */
public final class Flight extends Fence {

    private final TypeRef<?> type;
    private volatile @Nullable Thread leader;
    private final long token;
    private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
    private volatile long sharedStamp;

    Flight(String key, long stamp, TypeRef<?> type, @Nullable Thread leader, long token) {
        super(key, stamp);
        this.type = type;
        this.leader = leader;
        this.token = token;
    }

    /** Names the thread that runs the loader where it is not the one that opened the flight; null as long as none does. */
    public void runBy(@Nullable Thread thread) {
        leader = thread;
    }

    /** The lease under which the value is loaded, here or in another process; 0 for none. */
    public long token() {
        return token;
    }

    /** The tick of the backend's group clock before the load began; 0 as long as it has not begun. */
    public long sharedStamp() {
        return sharedStamp;
    }

    public void sharedStamp(long stamp) {
        sharedStamp = stamp;
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
        abandon(false);
    }

    /** As {@link #abandon()}, and whether each had better load by itself, for what is loaded is not stored. */
    public void abandon(boolean uncacheable) {
        result.completeExceptionally(new AbandonedException(uncacheable));
    }

    /** What the load comes to; fails with {@link AbandonedException} where the leader gave up. */
    public CompletableFuture<@Nullable Object> result() {
        return result;
    }
}
