package io.lexigram.cache.backend.tiered;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.lexigram.cache.channel.ChannelListener;
import io.lexigram.cache.channel.ChannelMeters;
import io.lexigram.cache.channel.FlushReason;
import io.lexigram.cache.channel.Invalidation;
import io.lexigram.cache.channel.InvalidationChannel;
import io.lexigram.cache.invalidate.Group;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Coherence by the messages of all nodes, for as long as this node can know that it hears them. */
final class ChannelCoherence implements Coherence {

    private final InvalidationChannel channel;
    private final OnDisconnect onDisconnect;
    private final long maxDisconnectedNanos;
    private final AtomicBoolean started = new AtomicBoolean();

    ChannelCoherence(
            Function<ChannelListener, InvalidationChannel> channel,
            Received received,
            OnDisconnect onDisconnect,
            Duration maxDisconnected) {
        this.channel = channel.apply(new Listener(received));
        this.onDisconnect = onDisconnect;
        this.maxDisconnectedNanos = maxDisconnected.toNanos();
    }

    /** What is to be dropped here. */
    interface Received {

        void changed(String namespace, String key);

        void invalidated(Group group);

        /** @param isSilence whether a node fell silent, and nothing else is known */
        void flush(boolean isSilence);
    }

    @Override
    public void start() {
        if (started.compareAndSet(false, true)) {
            channel.start();
        }
    }

    @Override
    public boolean isProven(long nowNanos) {
        return channel.lease().isValid(nowNanos);
    }

    @Override
    public long provenUntilNanos() {
        return channel.lease().end();
    }

    @Override
    public boolean isUnconfirmedServed(long nowNanos) {
        return onDisconnect == OnDisconnect.SERVE_STALE && channel.lease().isValid(nowNanos - maxDisconnectedNanos);
    }

    @Override
    public long longestLifeNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void changed(String namespace, Collection<String> keys) {
        keys.stream()
                .collect(groupingBy(
                        key -> channel.laneOf(namespace, key),
                        mapping(key -> EntryName.bytes(namespace, key), toList())))
                .forEach((lane, names) -> channel.publish(lane, Invalidation.ofKeys(names)));
    }

    @Override
    public void invalidated(Group group) {
        channel.publish(Invalidation.ofGroups(List.of(group.bytes()), 0, 0));
    }

    ChannelMeters meters() {
        return channel.meters();
    }

    @Override
    public void close() {
        if (started.get()) {
            channel.close();
        }
    }

    /** Drops what other nodes name; a name that cannot be read may stand for anything. */
    private static final class Listener implements ChannelListener {

        private final Received received;

        Listener(Received received) {
            this.received = received;
        }

        @Override
        public void invalidated(Invalidation invalidation) {
            for (byte[] key : invalidation.keys()) {
                if (!EntryName.read(key, received::changed)) {
                    received.flush(false);
                }
            }
            for (byte[] name : invalidation.groups()) {
                Group group = Group.read(name);
                if (group == null) {
                    received.flush(false);
                } else {
                    received.invalidated(group);
                }
            }
        }

        @Override
        public void flush(FlushReason reason) {
            received.flush(reason == FlushReason.SILENT_PEER);
        }
    }
}
