package io.lexigram.cache.channel;

import io.lexigram.cache.channel.Message.Goodbye;
import io.lexigram.cache.channel.Message.Heartbeat;
import io.lexigram.cache.channel.Message.Invalidated;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Numbers what this node says and hands it to the transport in that order. A number is used up whatever comes of the message,
 * so that others see the hole.
 */
final class Outbox {

    /** Longer invalidations are sent in parts. */
    private static final int PART_BYTES = 64 << 10;

    private final ChannelTransport transport;
    private final ChannelMeters meters;
    private final long publisher;

    /** Held while a message is handed over, which does not block. */
    private final ReentrantLock order = new ReentrantLock();

    private final Heads heads = new Heads(MessageCodec.MAX_LANES);
    private boolean closed;

    Outbox(ChannelTransport transport, ChannelMeters meters, long publisher) {
        this.transport = transport;
        this.meters = meters;
        this.publisher = publisher;
    }

    void publish(long lane, Invalidation invalidation) {
        for (Invalidation part : Parts.of(invalidation, PART_BYTES)) {
            order.lock();
            try {
                long sequence = heads.next(lane);
                if (closed || MessageCodec.size(part) > MessageCodec.MAX_BYTES) {
                    meters.unsent.increment();
                } else {
                    send(new Invalidated(publisher, lane, sequence, part));
                }
            } finally {
                order.unlock();
            }
        }
    }

    private void send(Invalidated message) {
        meters.sent.increment();
        noteLoss(safely(() -> transport.publish(message.lane(), MessageCodec.encode(message))));
    }

    CompletionStage<ChannelTransport.Registry> beat(long lane, long beat, long forgetMillis) {
        order.lock();
        try {
            if (closed) {
                return new CompletableFuture<>();
            }
            heads.announce(lane);
            byte[] message = MessageCodec.encode(new Heartbeat(publisher, beat, heads.all()));
            return noteLoss(safely(() -> transport.beat(lane, publisher, message, forgetMillis)));
        } finally {
            order.unlock();
        }
    }

    /** Says goodbye, after which nothing is sent. */
    CompletionStage<?> close() {
        order.lock();
        try {
            closed = true;
            byte[] message = MessageCodec.encode(new Goodbye(publisher, heads.all()));
            return noteLoss(safely(() -> transport.leave(publisher, message)));
        } finally {
            order.unlock();
        }
    }

    private <T> CompletionStage<T> noteLoss(CompletionStage<T> sending) {
        return sending.whenComplete((done, failure) -> {
            if (failure != null) {
                meters.unsent.increment();
            }
        });
    }

    private static <T> CompletionStage<T> safely(Supplier<? extends CompletionStage<T>> sending) {
        try {
            return sending.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
