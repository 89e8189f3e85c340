package io.lexigram.cache.backend;

import io.lexigram.cache.spi.ByteBackend.Leases;
import io.lexigram.cache.spi.SharedLoads.GrantListener;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The lease that one caller asks for. The answer and the caller's patience race: a lease that is granted after the caller has
 * given up goes back at once.
 */
final class Grant {

    /** How long a lease lives that nobody renews. */
    static final long LEASE_MILLIS = 5_000;

    private static final int ASKED = 0;
    private static final int GRANTED = 1;
    private static final int ABANDONED = 2;

    private final Leases leases;
    private final String key;
    private final byte[] physical;
    private final GrantListener listener;
    private final long token = newToken();
    private final AtomicInteger state = new AtomicInteger(ASKED);

    Grant(Leases leases, String key, byte[] physical, GrantListener listener) {
        this.leases = leases;
        this.key = key;
        this.physical = physical;
        this.listener = listener;
    }

    long token() {
        return token;
    }

    String key() {
        return key;
    }

    byte[] physical() {
        return physical;
    }

    /** Takes the answer to a claim, on the thread that brings it: null is the lease. */
    void answered(byte @Nullable [] value) {
        if (value != null) {
            return;
        }
        if (state.compareAndSet(ASKED, GRANTED)) {
            listener.granted(key, token);
        } else {
            giveBack();
        }
    }

    /** Says that the caller goes without an answer. */
    void abandon() {
        if (!state.compareAndSet(ASKED, ABANDONED)) {
            giveBack();
        }
    }

    private void giveBack() {
        var unused = leases.release(physical, token, false);
    }

    private static long newToken() {
        long random = ThreadLocalRandom.current().nextLong();
        return random == 0 ? 1 : random;
    }
}
