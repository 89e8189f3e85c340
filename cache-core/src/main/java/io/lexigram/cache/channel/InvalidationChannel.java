package io.lexigram.cache.channel;

import io.lexigram.cache.spi.TimeSource;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells other nodes what this one invalidated, and the listener what they did. It is a hint: a message may be lost, and then
 * the listener is told to {@linkplain ChannelListener#flush flush} within two heartbeats. What was copied from the backend
 * may be served only while the {@link #lease()} is valid.
 */
public final class InvalidationChannel implements AutoCloseable {

    private static final int TICKS_PER_BEAT = 4;

    /** Beats without an echo after which the subscription is taken for dead, the server answering. */
    private static final int DEAF_BEATS = 4;

    private static final long FAREWELL_MILLIS = 500;

    private final ChannelTransport transport;
    private final ChannelSettings settings;
    private final TimeSource time;
    private final ChannelTimer timer;
    private final ChannelMeters meters = new ChannelMeters();
    private final ChannelLease lease;
    private final Outbox outbox;
    private final Inbox inbox;

    private volatile @Nullable Future<?> ticking;
    private volatile long lastBeat;

    /**
     * Does nothing before it is started.
     *
     * @param random makes the name of this publisher
     */
    public InvalidationChannel(
            ChannelTransport transport,
            ChannelSettings settings,
            TimeSource time,
            ChannelTimer timer,
            RandomGenerator random,
            ChannelListener listener) {
        long self = random.nextLong();
        this.transport = transport;
        this.settings = settings;
        this.time = time;
        this.timer = timer;
        this.lease = new ChannelLease(settings.heartbeat().toNanos(), time.nanos());
        this.outbox = new Outbox(transport, meters, self);
        this.inbox = new Inbox(self, settings, listener, lease, meters, time.ticker());
    }

    /** Subscribes, gives a first sign of life, and goes on doing so. Call it once. */
    public void start() {
        transport.open(new Subscriber());
        beat();
        ticking = timer.every(settings.heartbeat().dividedBy(TICKS_PER_BEAT), this::tick);
    }

    /**
     * Tells the other nodes, behind every operation on the backend that was called before. Returns at once and throws nothing:
     * what does not arrive is missed there.
     */
    public void publish(Invalidation invalidation) {
        publish(transport.laneOfGroups(), invalidation);
    }

    /** As {@link #publish(Invalidation)}, through the primary of a lane. */
    public void publish(long lane, Invalidation invalidation) {
        outbox.publish(lane, invalidation);
    }

    /** The lane for what concerns one entry: that of its primary. */
    public long laneOf(String namespace, String key) {
        return transport.laneOf(namespace, key);
    }

    public ChannelLease lease() {
        return lease;
    }

    public ChannelMeters meters() {
        return meters;
    }

    private void tick() {
        // The lease is not renewed by a node that cannot act on what it missed.
        if (inbox.tick() && time.nanos() - lastBeat >= beatNanos() - beatNanos() / TICKS_PER_BEAT / 2) {
            beat();
        }
    }

    private void beat() {
        long now = time.nanos();
        lastBeat = now;
        long forgetMillis =
                settings.heartbeat().multipliedBy(Lanes.REGISTERED_BEATS).toMillis();
        Set<Long> lanes = transport.lanes();
        if (lease.require(lanes, now)) {
            inbox.primariesChanged();
        }
        for (long lane : lanes) {
            outbox.beat(lane, lease.sending(lane, now), forgetMillis).thenAccept(registry -> answered(lane, registry));
        }
    }

    private void answered(long lane, ChannelTransport.Registry registry) {
        meters.receivers = registry.receivers();
        inbox.registered(registry.nodes());
        if (lease.unanswered(lane) >= DEAF_BEATS) {
            lease.awaitAnew();
            transport.resubscribe();
        }
    }

    private long beatNanos() {
        return settings.heartbeat().toNanos();
    }

    /** Says goodbye and unsubscribes; waits for half a second at most. */
    @Override
    public void close() {
        Future<?> timed = ticking;
        if (timed != null) {
            timed.cancel(false);
        }
        inbox.close();
        awaitFarewell(outbox.close());
        transport.close();
    }

    private static void awaitFarewell(CompletionStage<?> farewell) {
        try {
            farewell.toCompletableFuture().get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Others find out by the silence.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Subscriber implements ChannelTransport.Receiver {

        @Override
        public void subscribed() {
            lease.awaitAnew();
            inbox.subscribed();
            beat();
        }

        @Override
        public void message(byte[] message) {
            inbox.message(message);
        }
    }
}
