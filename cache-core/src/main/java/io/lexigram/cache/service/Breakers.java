package io.lexigram.cache.service;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.EventDispatcher;
import io.lexigram.cache.resilience.BreakerListener;
import io.lexigram.cache.resilience.BreakerLog;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.resilience.RecoveryPings;
import io.lexigram.cache.resilience.SharedBreaker;
import io.lexigram.cache.resilience.WindowBreaker;
import io.lexigram.cache.spi.Breaker;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers of the remote backends. Their changes are logged and told to listeners. While one is open its backend is
 * pinged; as soon as calls may be made again, what the backend could not be told is delivered.
 */
final class Breakers {

    private static final long LOOK_MILLIS = 1_000;

    private final TimeSource time;
    private final EventDispatcher events;
    private final Redelivery redelivery;
    private final ScheduledExecutorService scheduler;
    private final Map<String, Breaker> byBackend = new LinkedHashMap<>();
    private final List<Future<?>> looking = new ArrayList<>();
    private final List<RecoveryPings> pinging = new ArrayList<>();
    private final Executor executor;
    private final DoubleSupplier random;

    Breakers(
            TimeSource time,
            EventDispatcher events,
            Redelivery redelivery,
            ScheduledExecutorService scheduler,
            Executor executor,
            DoubleSupplier random) {
        this.time = time;
        this.events = events;
        this.redelivery = redelivery;
        this.scheduler = scheduler;
        this.executor = executor;
        this.random = random;
    }

    /** Guards the backends that can be, unless they are in this process. */
    void guard(Map<String, CacheBackend> backends, CircuitBreakerSettings settings) {
        backends.forEach((name, backend) -> {
            if (!backend.isLocal()) {
                Breaker breaker = backend.guard(() -> make(name, backend, settings, backends));
                if (breaker != null) {
                    byBackend.put(name, breaker);
                }
            }
        });
    }

    private Breaker make(
            String name, CacheBackend backend, CircuitBreakerSettings settings, Map<String, CacheBackend> backends) {
        List<BreakerListener> listeners = new CopyOnWriteArrayList<>();
        listeners.add(new BreakerLog(name, settings.openFor(), time));
        listeners.add((from, to) -> events.publish(new CacheEvent.CircuitBreakerChanged(name, from, to)));
        listeners.add((from, to) -> {
            if (to != State.OPEN) {
                redeliver(byBackend.get(name));
            }
        });
        WindowBreaker breaker = new WindowBreaker(
                name, settings, time, (from, to) -> listeners.forEach(listener -> listener.changed(from, to)));
        RecoveryPings pings = new RecoveryPings(breaker, backend::ping, settings, time, scheduler, executor, random);
        listeners.add(pings);
        pinging.add(pings);
        CircuitBreakerSettings.Sharing sharing = settings.sharing();
        if (sharing != null) {
            SharedBreaker shared =
                    new SharedBreaker(name, breaker, redis(name, backends), sharing, Breakers::nameOfOpening);
            listeners.add(shared);
            looking.add(
                    scheduler.scheduleWithFixedDelay(shared::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        }
        return breaker;
    }

    private static String nameOfOpening() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Another Redis than the guarded one, where there is one: what is out of reach tells nobody. */
    private static ByteBackend redis(String name, Map<String, CacheBackend> backends) {
        CacheBackend guarded = backends.get(name);
        ByteBackend own = guarded == null ? null : guarded.unwrap(ByteBackend.class);
        ByteBackend found = own != null && own.type().equals("redis") ? own : null;
        for (CacheBackend backend : backends.values()) {
            ByteBackend other = backend.unwrap(ByteBackend.class);
            if (other != null && other != own && other.type().equals("redis")) {
                return other;
            }
        }
        if (found == null) {
            throw new CacheConfigurationException(
                    "lexigram.cache.service.circuit-breaker.shared",
                    true,
                    "there is no backend of type redis to share the state through; add one, or write false");
        }
        return found;
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

    /** Asks no more, neither other processes nor backends. */
    void close() {
        pinging.forEach(RecoveryPings::close);
        looking.forEach(task -> task.cancel(false));
    }
}
