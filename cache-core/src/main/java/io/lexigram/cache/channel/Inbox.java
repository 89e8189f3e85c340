package io.lexigram.cache.channel;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.channel.ChannelTransport.Registration;
import io.lexigram.cache.channel.Message.Goodbye;
import io.lexigram.cache.channel.Message.Heartbeat;
import io.lexigram.cache.channel.Message.Invalidated;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what comes in to the listener, and renews the lease by what comes back. All of it happens one at a time, so that no
 * heartbeat renews the lease before the listener has got what came ahead of it.
 */
final class Inbox implements ChannelTransport.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(InvalidationChannel.class);

    private final long self;
    private final ChannelListener listener;
    private final ChannelLease lease;
    private final ChannelMeters meters;
    private final LongSupplier ticker;
    private final Lanes lanes;
    private final ReentrantLock order = new ReentrantLock();

    /** What the listener failed to do. */
    private @Nullable FlushReason owed;

    private boolean closed;

    Inbox(
            long self,
            ChannelSettings settings,
            ChannelListener listener,
            ChannelLease lease,
            ChannelMeters meters,
            LongSupplier ticker) {
        this.self = self;
        this.listener = listener;
        this.lease = lease;
        this.meters = meters;
        this.ticker = ticker;
        this.lanes = new Lanes(settings.maxLanes(), settings.heartbeat().toNanos(), this::flush);
    }

    @Override
    public void subscribed() {
        inOrder(() -> lanes.subscribed(ticker.getAsLong()));
    }

    @Override
    public void message(byte[] bytes) {
        Message message;
        try {
            message = MessageCodec.decode(bytes);
        } catch (CacheSerializationException e) {
            meters.unreadable.increment();
            return;
        }
        inOrder(() -> receive(message, ticker.getAsLong()));
    }

    /** What was said through one that is gone, or through one before it was known, may not have been heard. */
    void primariesChanged() {
        inOrder(() -> flush(FlushReason.PRIMARIES_CHANGED));
    }

    private void receive(Message message, long now) {
        if (message.publisher() == self) {
            if (message instanceof Heartbeat echo && owed == null) {
                long lag = lease.echoed(echo.beat(), now);
                meters.lagNanos = lag < 0 ? meters.lagNanos : lag;
            }
        } else if (message instanceof Invalidated invalidated) {
            meters.received.increment();
            // What is late cannot be told from what came twice, and takes effect; what fails here is missed later.
            listener.invalidated(invalidated.invalidation());
            if (!lanes.invalidated(invalidated, now)) {
                meters.late.increment();
            }
        } else if (message instanceof Heartbeat heartbeat) {
            lanes.heartbeat(heartbeat, now);
        } else if (message instanceof Goodbye goodbye) {
            lanes.goodbye(goodbye, now);
        }
    }

    void registered(List<Registration> nodes) {
        inOrder(() -> {
            for (Registration node : nodes) {
                if (node.node() != self) {
                    lanes.registered(
                            node.node(), TimeUnit.MILLISECONDS.toNanos(node.silentMillis()), ticker.getAsLong());
                }
            }
        });
    }

    /** Looks for what was missed. @return whether the listener has dealt with all there was */
    boolean tick() {
        return inOrder(() -> {
            FlushReason due = owed;
            if (due != null) {
                flush(due);
            }
            lanes.tick(ticker.getAsLong());
        });
    }

    /** Takes nothing in any more. */
    void close() {
        inOrder(() -> {
            closed = true;
            lease.end(ticker.getAsLong());
        });
    }

    private void flush(FlushReason reason) {
        owed = reason;
        meters.flushed(reason);
        listener.flush(reason);
        owed = null;
    }

    private boolean inOrder(Runnable step) {
        order.lock();
        try {
            if (!closed) {
                step.run();
            }
            return true;
        } catch (RuntimeException e) {
            LOG.error("The listener of the invalidation channel failed; the lease lapses until it can flush", e);
            return false;
        } finally {
            order.unlock();
        }
    }
}
