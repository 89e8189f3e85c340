package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Hears from a Sentinel that another server has become the primary. The one that was it goes on for some seconds as if it
 * still were, and does not say that it was demoted before it is.
 */
final class SentinelWatch implements AutoCloseable {

    private static final byte[] CHANNEL = "+switch-master".getBytes(UTF_8);
    private static final long PATIENCE_MILLIS = 1_000;

    private final Subscription subscription;
    private final String master;
    private final Runnable onSwitch;
    private final CountDownLatch listening = new CountDownLatch(1);

    /** Whether the next subscription comes after a time without one in which a primary was known. */
    private volatile boolean mayHaveMissed;

    /** @param onSwitch called also where a switch may have been missed */
    SentinelWatch(
            LinkOpener opener,
            String master,
            Executor executor,
            Backoff backoff,
            LongSupplier ticker,
            Runnable onSwitch) {
        this.subscription = new Subscription(opener::openToSentinel, executor, backoff, ticker);
        this.master = master;
        this.onSwitch = onSwitch;
    }

    /**
     * Begins to listen where it does not already, and waits for that a second at most: a Sentinel that is asked for the primary
     * afterwards tells of every switch that comes later. Where it takes longer, a switch may be missed, until it listens.
     */
    void start() {
        subscription.listen(CHANNEL, new Subscription.Hearer() {
            @Override
            public void subscribed() {
                if (mayHaveMissed) {
                    onSwitch.run();
                }
                mayHaveMissed = true;
                listening.countDown();
            }

            @Override
            public void message(byte[] message) {
                // The name, then the addresses of the old one and the new one.
                if (new String(message, UTF_8).startsWith(master + " ")) {
                    onSwitch.run();
                }
            }
        });
        awaitListening();
    }

    private void awaitListening() {
        try {
            if (!listening.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                mayHaveMissed = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mayHaveMissed = true;
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
