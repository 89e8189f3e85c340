package io.lexigram.cache.races;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A place where something stops until a test lets it go on. */
final class Gate {

    private final String name;
    private final Duration patience;
    private final CompletableFuture<@Nullable Void> arrived = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();

    Gate(String name, Duration patience) {
        this.name = name;
        this.patience = patience;
    }

    /** Stops the calling thread here. */
    <T> T pass(T value) {
        arrive().join();
        return value;
    }

    /** Stops here whatever goes on with the stage. */
    CompletableFuture<@Nullable Void> arrive() {
        arrived.complete(null);
        return opened.copy();
    }

    /**
     * Waits for what sets the scene.
     *
     * @throws IllegalStateException when nothing comes here
     */
    void awaitArrival() throws ExecutionException, InterruptedException {
        if (!isReachedWithin(Races.PATIENCE)) {
            throw new IllegalStateException("Nothing came to the gate '" + name + "'");
        }
    }

    /**
     * Waits for what has to happen.
     *
     * @throws AssertionError when nothing comes here
     */
    void expectArrival() throws ExecutionException, InterruptedException {
        if (!isReachedWithin(patience)) {
            throw new AssertionError("Nothing came to the gate '" + name + "'");
        }
    }

    private boolean isReachedWithin(Duration time) throws ExecutionException, InterruptedException {
        try {
            arrived.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    void open() {
        opened.complete(null);
    }
}
