package io.lexigram.cache.races;

import io.lexigram.cache.channel.ChannelTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The messages of one node on their way, which a test may hold up or lose. */
final class Wire {

    /** The kind of message, and where it is written. */
    private static final byte INVALIDATED = 1;

    private static final int KIND_AT = 2;

    private final Duration patience;
    private final AtomicInteger beats = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger toLose = new AtomicInteger();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private volatile boolean isHolding;
    private volatile boolean isDeaf;
    private volatile boolean isMute;

    Wire(Duration patience) {
        this.patience = patience;
    }

    /** How many heartbeats were sent. */
    int beats() {
        return beats.get();
    }

    /**
     * Waits for invalidations of other nodes, counted from the beginning.
     *
     * @throws AssertionError when they do not come
     */
    void expectHeard(int invalidations) {
        expect(() -> heard.get() >= invalidations);
    }

    /** Holds up what comes in. */
    synchronized void hold() {
        isHolding = true;
    }

    /**
     * Waits until something is held up, and lets it in.
     *
     * @throws AssertionError when nothing comes
     */
    void releaseWhatComes() {
        expect(() -> {
            synchronized (this) {
                return !held.isEmpty();
            }
        });
        synchronized (this) {
            isHolding = false;
            held.forEach(Runnable::run);
            held.clear();
        }
    }

    /** Loses the next invalidation that comes in. */
    void loseNext() {
        toLose.incrementAndGet();
    }

    /** Loses all that comes in; the server goes on answering. */
    void deafen() {
        isDeaf = true;
    }

    /** Loses all that comes in or goes out, as where the process is killed. */
    void cut() {
        isDeaf = true;
        isMute = true;
    }

    private void expect(BooleanSupplier condition) {
        try {
            Awaitility.await().atMost(patience).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Invalidations did not come", e);
        }
    }

    private synchronized void letIn(ChannelTransport.Receiver receiver, byte[] message) {
        boolean isInvalidation = message[KIND_AT] == INVALIDATED;
        if (isDeaf || isInvalidation && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return;
        }
        Runnable step = () -> {
            receiver.message(message);
            heard.addAndGet(isInvalidation ? 1 : 0);
        };
        if (isHolding) {
            held.add(step);
        } else {
            step.run();
        }
    }

    ChannelTransport around(ChannelTransport transport) {
        return new ChannelTransport() {
            @Override
            public void open(Receiver receiver) {
                transport.open(new Receiver() {
                    @Override
                    public void subscribed() {
                        receiver.subscribed();
                    }

                    @Override
                    public void message(byte[] message) {
                        letIn(receiver, message);
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
                return isMute ? new CompletableFuture<>() : transport.publish(lane, message);
            }

            @Override
            public CompletionStage<Registry> beat(long lane, long node, byte[] message, long forgetMillis) {
                beats.incrementAndGet();
                return isMute ? new CompletableFuture<>() : transport.beat(lane, node, message, forgetMillis);
            }

            @Override
            public CompletionStage<?> leave(long node, byte[] message) {
                return isMute ? CompletableFuture.completedFuture(null) : transport.leave(node, message);
            }

            @Override
            public void resubscribe() {
                transport.resubscribe();
            }

            @Override
            public void close() {
                transport.close();
            }
        };
    }
}
