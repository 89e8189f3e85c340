package io.lexigram.cache.backend.redis;

import io.lexigram.cache.spi.ByteBackend.WakeUpListener;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on the messages of {@code leases.lua}: a byte of flags, then the key. Anything else is not listened to. */
final class WakeUps {

    private static final Logger log = LoggerFactory.getLogger(WakeUps.class);

    private static final int FLAG_UNCACHEABLE = 1;

    private final Subscription subscription;
    private final byte[] channel;
    private final List<WakeUpListener> listeners = new CopyOnWriteArrayList<>();

    WakeUps(Subscription subscription, byte[] channel) {
        this.subscription = subscription;
        this.channel = channel;
    }

    void add(WakeUpListener listener) {
        listeners.add(listener);
        subscription.listen(channel, this::heard);
    }

    private void heard(byte[] message) {
        if (message.length < 2 || (message[0] & ~FLAG_UNCACHEABLE) != 0) {
            return;
        }
        byte[] key = Arrays.copyOfRange(message, 1, message.length);
        for (WakeUpListener listener : listeners) {
            try {
                listener.wakeUp(key, message[0] == FLAG_UNCACHEABLE);
            } catch (RuntimeException e) {
                log.warn("A listener of wake-ups failed", e);
            }
        }
    }
}
