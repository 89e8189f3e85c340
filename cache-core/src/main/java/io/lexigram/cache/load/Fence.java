package io.lexigram.cache.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The right to store one key, which an invalidation takes away.
 *
 * <p>It is opened before anything is read. {@link #beginFill} and {@link #revoke} exclude each other: either the fill is
 * refused, or the invalidation waits until the fill has ended and removes what it stored.
 */
public class Fence {

    private static final int OPEN = 0;
    private static final int FILLING = 1;
    private static final int CLOSED = 2;
    private static final int REVOKED = 3;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Fence.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String key;
    private final long stamp;
    private final CompletableFuture<@Nullable Void> filled = new CompletableFuture<>();
    private volatile int state;
    private volatile boolean revoked;

    /** The next fence of the same key; written only by {@link Flights}. */
    volatile @Nullable Fence next;

    /** Whether it counts against the limit; touched only by the thread that opened it. */
    boolean admitted;

    Fence(String key, long stamp) {
        this.key = key;
        this.stamp = stamp;
    }

    public final String key() {
        return key;
    }

    /** The moment it was opened, as {@link io.lexigram.cache.invalidate.Groups#stamp()} counts. */
    public final long stamp() {
        return stamp;
    }

    /** Takes the right to store, once. A caller that gets it must call {@link #endFill}. */
    public final boolean beginFill() {
        return STATE.compareAndSet(this, OPEN, FILLING);
    }

    /** Says that the store has the value, or never will. */
    public final void endFill() {
        state = CLOSED;
        filled.complete(null);
    }

    /** Takes the right away from whoever has not begun to store; waits for nobody. */
    final void cancel() {
        STATE.compareAndSet(this, OPEN, REVOKED);
    }

    /** Takes the right away; where a fill is under way, waits until it has ended. Nobody joins any more, whatever it came to. */
    final void revoke() {
        revoked = true;
        if (!STATE.compareAndSet(this, OPEN, REVOKED)) {
            awaitFill();
        }
    }

    /** Waits until a fill that is under way has ended. */
    final void awaitFill() {
        if (state == FILLING) {
            filled.join();
        }
    }

    final boolean isRevoked() {
        return revoked;
    }
}
