package io.lexigram.cache.resilience;

import io.lexigram.cache.spi.Breaker.State;

/** Hears of the changes of one breaker, on the thread of the call that caused them: it must neither block nor throw. */
@FunctionalInterface
public interface BreakerListener {

    void changed(State from, State to);
}
