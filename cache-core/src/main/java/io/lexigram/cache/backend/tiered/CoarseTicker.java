package io.lexigram.cache.backend.tiered;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The time as it was when somebody last asked for the {@linkplain #exact exact} one, or up to a millisecond before that. It
 * is what the store of copies forgets by: whether a copy may be served is decided by the exact time, which is so taken only
 * once for each hit.
 */
final class CoarseTicker implements LongSupplier {

    private static final long GRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongSupplier exact;
    private final AtomicLong last;

    CoarseTicker(LongSupplier exact) {
        this.exact = exact;
        this.last = new AtomicLong(exact.getAsLong());
    }

    /** The exact time, which the coarse one follows. */
    long exact() {
        long now = exact.getAsLong();
        long before = last.get();
        if (now - before >= GRAIN_NANOS) {
            last.compareAndSet(before, now);
        }
        return now;
    }

    @Override
    public long getAsLong() {
        return last.get();
    }
}
