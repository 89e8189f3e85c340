package io.lexigram.cache.testing;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.channel.ChannelTransport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that hands each message to all nodes on the thread of who sends it, before sending returns. */
public final class HeapChannel implements ChannelTransport.Source {

    private final CopyOnWriteArrayList<ChannelTransport.Receiver> receivers = new CopyOnWriteArrayList<>();

    private volatile boolean isCut;

    @Override
    public ChannelTransport channelTransport() {
        return new Line();
    }

    /** Nothing comes through any more. */
    public void cut() {
        isCut = true;
    }

    /** The server is back. */
    public void mend() {
        isCut = false;
        resubscribe();
    }

    /** All subscriptions begin anew, as after a server was away. */
    public void resubscribe() {
        receivers.forEach(ChannelTransport.Receiver::subscribed);
    }

    private CompletableFuture<Boolean> send(byte[] message) {
        if (isCut) {
            return CompletableFuture.failedFuture(new CacheConnectionException("cut"));
        }
        receivers.forEach(receiver -> receiver.message(message));
        return CompletableFuture.completedFuture(true);
    }

    private final class Line implements ChannelTransport {

        private final List<Receiver> own = new CopyOnWriteArrayList<>();

        @Override
        public void open(Receiver receiver) {
            own.add(receiver);
            receivers.add(receiver);
            receiver.subscribed();
        }

        @Override
        public Set<Long> lanes() {
            return Set.of(ONLY_LANE);
        }

        @Override
        public long laneOf(String namespace, String key) {
            return ONLY_LANE;
        }

        @Override
        public long laneOfGroups() {
            return ONLY_LANE;
        }

        @Override
        public CompletionStage<?> publish(long lane, byte[] message) {
            return send(message);
        }

        @Override
        public CompletionStage<Registry> beat(long lane, long node, byte[] message, long forgetMillis) {
            return send(message).thenApply(sent -> new Registry(List.of(), receivers.size()));
        }

        @Override
        public CompletionStage<?> leave(long node, byte[] message) {
            return publish(ONLY_LANE, message);
        }

        @Override
        public void resubscribe() {
            own.forEach(Receiver::subscribed);
        }

        @Override
        public void close() {
            receivers.removeAll(own);
        }
    }
}
