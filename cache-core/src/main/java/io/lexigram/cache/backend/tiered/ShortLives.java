package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.invalidate.Group;
import java.time.Duration;
import java.util.Collection;

/** For a backend over which nodes cannot tell each other anything: copies live so short that it does not matter. */
final class ShortLives implements Coherence {

    private final long longestNanos;

    ShortLives(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    @Override
    public void start() {}

    @Override
    public boolean isProven(long nowNanos) {
        return true;
    }

    @Override
    public long provenUntilNanos() {
        return 0;
    }

    @Override
    public boolean isUnconfirmedServed(long nowNanos) {
        return false;
    }

    @Override
    public long longestLifeNanos() {
        return longestNanos;
    }

    @Override
    public void changed(String namespace, Collection<String> keys) {}

    @Override
    public void invalidated(Group group) {}

    @Override
    public void close() {}
}
