package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Hears from a Sentinel that another server has become the primary. The one that was it goes on for some seconds as if it
 * still were, and does not say that it was demoted before it is.
 */
final class SentinelWatch implements AutoCloseable {

    private static final byte[] CHANNEL = "+switch-master".getBytes(UTF_8);

    private final Subscription subscription;
    private final String master;
    private final Runnable onSwitch;

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

    /** Begins to listen, in the background; does nothing where it does already. */
    void start() {
        subscription.listen(CHANNEL, new Subscription.Hearer() {
            private boolean listened;

            @Override
            public void subscribed() {
                if (listened) {
                    onSwitch.run();
                }
                listened = true;
            }

            @Override
            public void message(byte[] message) {
                // The name, then the addresses of the old one and the new one.
                if (new String(message, UTF_8).startsWith(master + " ")) {
                    onSwitch.run();
                }
            }
        });
    }

    @Override
    public void close() {
        subscription.close();
    }
}
