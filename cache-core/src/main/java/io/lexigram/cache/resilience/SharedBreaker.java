package io.lexigram.cache.resilience;

import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.ByteBackend;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells other processes when a breaker opens and closes, and follows what they tell. Nothing of it is on the path of a call.
 *
 * <p>Each opening has a name, and is followed once: a process whose own probe was answered does not open again because nobody
 * has taken the old news down. What closes takes it down. A breaker that only followed lets a probe through as soon as the
 * news is gone; one that opened by itself keeps its time.
 */
public final class SharedBreaker implements BreakerListener {

    private final String backend;
    private final WindowBreaker breaker;
    private final SharedStates states;
    private final Supplier<String> names;
    private @Nullable CompletableFuture<?> question;
    private volatile @Nullable String known;
    private volatile boolean following;

    /**
     * @param bytes where the news are kept
     * @param names gives each opening another name, of at most 32 characters
     */
    public SharedBreaker(
            String backend,
            WindowBreaker breaker,
            ByteBackend bytes,
            CircuitBreakerSettings.Sharing sharing,
            Supplier<String> names) {
        this.backend = backend;
        this.breaker = breaker;
        this.states = new SharedStates(bytes, sharing);
        this.names = names;
    }

    @Override
    public void changed(State from, State to) {
        if (to == State.OPEN && !(following && from == State.CLOSED)) {
            following = false;
            String opening = names.get();
            known = opening;
            var unused = states.set(backend, opening);
        } else if (to == State.CLOSED) {
            following = false;
            var unused = states.delete(backend);
        }
    }

    /** Asks what others tell, unless the last question is still unanswered; returns at once. */
    public synchronized void look() {
        if (question == null || question.isDone()) {
            question = states.get(backend).thenAccept(this::hear).toCompletableFuture();
        }
    }

    private void hear(@Nullable String opening) {
        if (opening == null) {
            if (following) {
                breaker.letProbe();
            }
        } else if (!opening.equals(known)) {
            known = opening;
            if (breaker.state() == State.CLOSED) {
                following = true;
                breaker.open();
            }
        }
    }
}
