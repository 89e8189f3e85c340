package io.lexigram.cache.service;

import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.EventDispatcher;
import io.lexigram.cache.resilience.BreakerLog;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.resilience.WindowBreaker;
import io.lexigram.cache.spi.Breaker;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers of the remote backends. Their changes are logged and told to listeners; when one closes, what its
 * backend could not be told is delivered at once.
 */
final class Breakers {

    private final TimeSource time;
    private final EventDispatcher events;
    private final Redelivery redelivery;
    private final Map<String, Breaker> byBackend = new LinkedHashMap<>();

    Breakers(TimeSource time, EventDispatcher events, Redelivery redelivery) {
        this.time = time;
        this.events = events;
        this.redelivery = redelivery;
    }

    /** Guards a backend that can be, unless it is in this process. */
    void guard(String name, CacheBackend backend, CircuitBreakerSettings settings) {
        if (!backend.isLocal()) {
            Breaker breaker = backend.guard(() -> make(name, settings));
            if (breaker != null) {
                byBackend.put(name, breaker);
            }
        }
    }

    private Breaker make(String name, CircuitBreakerSettings settings) {
        BreakerLog log = new BreakerLog(name, settings.openFor(), time);
        return new WindowBreaker(name, settings, time, (from, to) -> {
            log.changed(from, to);
            events.publish(new CacheEvent.CircuitBreakerChanged(name, from, to));
            if (to == State.CLOSED) {
                redeliver(byBackend.get(name));
            }
        });
    }

    /** To all backends behind the breaker: two may be one server under two names. */
    private void redeliver(@Nullable Breaker breaker) {
        byBackend.forEach((name, other) -> {
            if (other == breaker) {
                redelivery.retry(name);
            }
        });
    }

    /** The state of the breaker of a backend; null where it has none. */
    @Nullable
    String stateOf(String backend) {
        Breaker breaker = byBackend.get(backend);
        return breaker == null ? null : breaker.state().name();
    }
}
