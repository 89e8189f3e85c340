package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.channel.ChannelTransport;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport on whose way back something is lost, as the fault says. */
final class DeafTransport implements ChannelTransport {

    /** The kind of message, and the place where it is written. */
    private static final byte INVALIDATED = 1;

    private static final int KIND_AT = 2;

    private static final int HEARD_BEATS = 3;

    private final ChannelTransport transport;
    private final TierFault fault;
    private final AtomicInteger invalidations = new AtomicInteger();
    private final AtomicInteger beats = new AtomicInteger();

    DeafTransport(ChannelTransport transport, TierFault fault) {
        this.transport = transport;
        this.fault = fault;
    }

    private boolean isDeaf() {
        return fault.isDeaf() && beats.get() > HEARD_BEATS;
    }

    private boolean isLost(byte[] message) {
        return fault.losesMessages() && message[KIND_AT] == INVALIDATED && invalidations.incrementAndGet() % 3 == 0;
    }

    @Override
    public void open(Receiver receiver) {
        transport.open(new Receiver() {
            @Override
            public void subscribed() {
                receiver.subscribed();
            }

            @Override
            public void message(byte[] message) {
                if (!isDeaf() && !isLost(message)) {
                    receiver.message(message);
                }
            }
        });
    }

    @Override
    public Set<Long> lanes() {
        return transport.lanes();
    }

    @Override
    public long laneOf(String namespace, String key) {
        return transport.laneOf(namespace, key);
    }

    @Override
    public long laneOfGroups() {
        return transport.laneOfGroups();
    }

    @Override
    public CompletionStage<?> publish(long lane, byte[] message) {
        return transport.publish(lane, message);
    }

    @Override
    public CompletionStage<Registry> beat(long lane, long node, byte[] message, long forgetMillis) {
        beats.incrementAndGet();
        CompletionStage<Registry> answer = transport.beat(lane, node, message, forgetMillis);
        return isDeaf() ? new CompletableFuture<>() : answer;
    }

    @Override
    public CompletionStage<?> leave(long node, byte[] message) {
        return transport.leave(node, message);
    }

    @Override
    public void resubscribe() {
        transport.resubscribe();
    }

    @Override
    public void close() {
        transport.close();
    }
}
