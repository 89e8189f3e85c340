package io.lexigram.cache.channel;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.channel.ChannelTransport.Receiver;
import io.lexigram.cache.channel.ChannelTransport.Registration;
import io.lexigram.cache.channel.ChannelTransport.Registry;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A server in the test's own thread: hands every message to every subscription, when it is let. */
final class Hub {

    private final ManualTime time;
    /** The primaries, as all nodes know them. */
    Set<Long> primaries = Set.of(ChannelTransport.ONLY_LANE);

    private final Map<Long, Instant> nodes = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();

    Hub(ManualTime time) {
        this.time = time;
    }

    Line line() {
        Line line = new Line();
        lines.add(line);
        return line;
    }

    /** Hands out what was sent, and what that makes others send. */
    void deliver() {
        boolean more = true;
        while (more) {
            more = false;
            for (Line line : List.copyOf(lines)) {
                more |= line.deliverOne();
            }
        }
    }

    private long send(long lane, byte[] message) {
        List<Line> open = lines.stream()
                .filter(line -> line.subscribed && !line.cutLanes.contains(lane))
                .toList();
        open.forEach(line -> line.incoming.add(message));
        return open.size();
    }

    /** The way of one node to the server; it can be cut in either direction. */
    final class Line implements ChannelTransport {

        final Deque<byte[]> incoming = new ArrayDeque<>();

        /** Primaries whose messages do not come. */
        final Set<Long> cutLanes = new HashSet<>();

        boolean dropsPublished;
        boolean deaf;
        boolean throwing;
        boolean disconnected;
        int resubscriptions;
        private @Nullable Receiver receiver;
        private boolean subscribed;

        @Override
        public void open(Receiver newReceiver) {
            receiver = newReceiver;
            subscribe();
        }

        void subscribe() {
            subscribed = true;
            receiver.subscribed();
        }

        void unsubscribe() {
            subscribed = false;
            incoming.clear();
        }

        boolean deliverOne() {
            byte[] message = incoming.poll();
            if (message != null && !deaf) {
                receiver.message(message);
            }
            return message != null;
        }

        @Override
        public Set<Long> lanes() {
            return primaries;
        }

        @Override
        public long laneOf(String namespace, String key) {
            return primaries.iterator().next();
        }

        @Override
        public long laneOfGroups() {
            return primaries.iterator().next();
        }

        @Override
        public CompletionStage<?> publish(long lane, byte[] message) {
            if (throwing) {
                throw new IllegalStateException("from the transport");
            }
            if (disconnected) {
                return CompletableFuture.failedFuture(new CacheConnectionException("no connection"));
            }
            return CompletableFuture.completedFuture(dropsPublished ? 0L : send(lane, message));
        }

        @Override
        public CompletionStage<Registry> beat(long lane, long node, byte[] message, long forgetMillis) {
            if (disconnected) {
                return CompletableFuture.failedFuture(new CacheConnectionException("no connection"));
            }
            nodes.put(node, time.now());
            nodes.values().removeIf(seen -> silence(seen) > forgetMillis);
            List<Registration> known = new ArrayList<>();
            nodes.forEach((id, seen) -> known.add(new Registration(id, silence(seen))));
            return CompletableFuture.completedFuture(new Registry(known, send(lane, message)));
        }

        @Override
        public CompletionStage<?> leave(long node, byte[] message) {
            nodes.remove(node);
            return CompletableFuture.completedFuture(send(laneOfGroups(), message));
        }

        @Override
        public void resubscribe() {
            resubscriptions++;
        }

        @Override
        public void close() {
            unsubscribe();
        }
    }

    private long silence(Instant seen) {
        return Duration.between(seen, time.now()).toMillis();
    }
}
