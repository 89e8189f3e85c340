package io.lexigram.cache.counter;

import io.lexigram.cache.Sequence;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out numbers of a block with one atomic step each. Who finds a block used up and its refill unclaimed fetches the next
 * one; the others wait for what comes of it, for no longer than the store lets a call take.
 */
final class BlockSequence implements Sequence {

    private final LongSupplier allocate;
    private final int size;
    private volatile Block block;
    private volatile boolean closed;

    /** @param allocate takes a block of this size and gives its first number */
    BlockSequence(LongSupplier allocate, int size) {
        this.allocate = allocate;
        this.size = size;
        this.block = new Block(0, 0);
    }

    @Override
    public long next() {
        while (true) {
            if (closed) {
                throw new IllegalStateException("The sequence is closed. Open another one with Counter.blocks.");
            }
            Block current = block;
            long taken = current.taken.getAndIncrement();
            if (taken < current.size) {
                return current.first + taken;
            }
            follow(current);
        }
    }

    /** Returns when another block is in place. */
    private void follow(Block used) {
        CompletableFuture<Block> mine = new CompletableFuture<>();
        CompletableFuture<Block> refill = used.refill.compareAndExchange(null, mine);
        if (refill == null) {
            fetch(used, mine);
        } else {
            await(refill);
        }
    }

    private void fetch(Block used, CompletableFuture<Block> refill) {
        try {
            Block next = new Block(allocate.getAsLong(), size);
            block = next;
            refill.complete(next);
        } catch (Throwable failure) {
            used.refill.set(null);
            refill.completeExceptionally(failure);
            throw failure;
        }
    }

    private static void await(CompletableFuture<Block> refill) {
        try {
            refill.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private static final class Block {

        final long first;
        final int size;
        final AtomicLong taken = new AtomicLong();
        final AtomicReference<@Nullable CompletableFuture<Block>> refill = new AtomicReference<>();

        Block(long first, int size) {
            this.first = first;
            this.size = size;
        }
    }
}
