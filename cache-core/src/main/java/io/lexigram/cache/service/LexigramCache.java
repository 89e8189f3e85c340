package io.lexigram.cache.service;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.event.EventDispatcher;
import io.lexigram.cache.invalidate.TagStamps;
import io.lexigram.cache.load.FlightLimit;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link CacheService} comes from, with or without Spring.
 *
 * <pre>{@code
 * CacheService cache = LexigramCache.builder()
 *         .codec(new JsonCodec())
 *         .backend("memory", MemoryBackend.builder().build())
 *         .build();
 * }</pre>
 */
public final class LexigramCache {

    private LexigramCache() {}

    public static Builder builder() {
        return new Builder();
    }

    /** A service that holds nothing: loads run, everything else is absent. */
    public static CacheService disabled() {
        return builder()
                .backend("none", new NoBackend())
                .codec(NoCodec.INSTANCE)
                .defaultCodec(NoCodec.INSTANCE.name())
                .protection(Protection.DEFAULT.enabled(false))
                .monitoring(null)
                .build();
    }

    /** Builds a service. What is not set has the default that the property of the same name has. */
    public static final class Builder {

        private final Map<String, CacheBackend> backends = new LinkedHashMap<>();
        private final Map<String, Duration> backendTtls = new LinkedHashMap<>();
        private final Map<String, CacheSpec<?>> caches = new LinkedHashMap<>();
        private final Map<String, Codec> codecs = new LinkedHashMap<>();
        private final List<CacheEventListener> listeners = new ArrayList<>();
        private @Nullable String defaultBackend;
        private String defaultCodec = "json";
        private Protection protection = Protection.DEFAULT;
        private TimeSource time = TimeSource.SYSTEM;
        private BooleanSupplier boundToThread = () -> false;
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        private @Nullable Executor executor;
        private @Nullable Executor listenerExecutor;
        private @Nullable ScheduledExecutorService scheduler;
        private @Nullable CircuitBreakerSettings circuitBreaker = CircuitBreakerSettings.DEFAULT;
        private @Nullable Monitoring monitoring = Monitoring.DEFAULT;
        private final List<Runnable> afterClose = new ArrayList<>();
        private boolean failOpen = true;
        private int maxFlights = 10_000;
        private int maxTags = 10_000;
        private int maxEvents = 10_000;
        private int maxUndelivered = 10_000;
        private int maxCaches = 1_000;

        private Builder() {}

        /** Adds a backend under a name. */
        public Builder backend(String name, CacheBackend backend) {
            return backend(name, backend, null);
        }

        /** Adds a backend under a name, with the lifetime of entries whose cache sets none. */
        public Builder backend(String name, CacheBackend backend, @Nullable Duration defaultTtl) {
            backends.put(name, backend);
            if (defaultTtl != null) {
                backendTtls.put(name, positive("defaultTtl", defaultTtl));
            }
            return this;
        }

        /** The backend of caches that name none; may be left out where there is one. */
        public Builder defaultBackend(String name) {
            this.defaultBackend = name;
            return this;
        }

        /** The configured policy of a named cache; it goes before the spec of a handle. Its type does not matter. */
        public Builder cache(CacheSpec<?> policy) {
            caches.put(policy.name(), policy);
            return this;
        }

        /** Adds a codec, or replaces the one of its name. */
        public Builder codec(Codec codec) {
            codecs.put(codec.name(), codec);
            return this;
        }

        /** The codec of caches that name none. */
        public Builder defaultCodec(String name) {
            this.defaultCodec = name;
            return this;
        }

        public Builder listener(CacheEventListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Calls the listeners; by default threads that are there for nothing else, as long as there is something to tell. */
        public Builder listenerExecutor(Executor executor) {
            this.listenerExecutor = executor;
            return this;
        }

        public Builder protection(Protection protection) {
            this.protection = protection;
            return this;
        }

        public Builder time(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Random numbers of at least 0 and less than 1, for jitter. */
        public Builder random(DoubleSupplier random) {
            this.random = random;
            return this;
        }

        /** Runs what must not block a caller: asynchronous operations, health checks. */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /** Runs what is due at a time and blocks nobody, such as the renewal of leases. */
        public Builder scheduler(ScheduledExecutorService scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        /**
         * Tells whether the calling thread is at work that no other thread can do, such as a transaction. Blocking loads then run
         * on it to their end, without load time-outs, and its hits refresh nothing ahead. Asked on every load; never is, by
         * default.
         */
        public Builder boundToThread(BooleanSupplier boundToThread) {
            this.boundToThread = boundToThread;
            return this;
        }

        /** Whether faults of a cache that does not say itself are kept from callers. */
        public Builder failOpen(boolean failOpen) {
            this.failOpen = failOpen;
            return this;
        }

        /** When the calls to a remote backend that fails or is slow are refused; null for never. */
        public Builder circuitBreaker(@Nullable CircuitBreakerSettings circuitBreaker) {
            this.circuitBreaker = circuitBreaker;
            return this;
        }

        /** Of which caches the log and listeners are warned, and when they are looked at; null for never. */
        public Builder monitoring(@Nullable Monitoring monitoring) {
            this.monitoring = monitoring;
            return this;
        }

        /** Runs when the service was closed, after what was given before. */
        public Builder afterClose(Runnable action) {
            afterClose.add(action);
            return this;
        }

        /** How many loads and reservations are under way at once; more load uncoalesced and store nothing. */
        public Builder maxFlights(int maxFlights) {
            this.maxFlights = positive("maxFlights", maxFlights);
            return this;
        }

        /** Of how many invalidated tags each cache remembers the moment. */
        public Builder maxTags(int maxTags) {
            this.maxTags = positive("maxTags", maxTags);
            return this;
        }

        /**
         * How many invalidations wait for each backend that could not be told, and how many of the last minute are remembered for
         * one that may lose them; more become one of the whole namespace.
         */
        public Builder maxUndelivered(int maxUndelivered) {
            this.maxUndelivered = positive("maxUndelivered", maxUndelivered);
            return this;
        }

        /** How many events wait for each listener; more are dropped. */
        public Builder maxEvents(int maxEvents) {
            this.maxEvents = positive("maxEvents", maxEvents);
            return this;
        }

        /** How many caches there are at once; see {@link CacheService} for namespaces beyond it. */
        public Builder maxCaches(int maxCaches) {
            this.maxCaches = positive("maxCaches", maxCaches);
            return this;
        }

        /**
         * Builds the service; it connects to nothing.
         *
         * @throws CacheConfigurationException when there is no backend, no default among several, or a policy names a backend
         *     or codec that there is not
         */
        public CacheService build() {
            String fallback = defaultBackendOrOnly();
            Workers runner = new Workers(executor == null ? DefaultExecutor.create() : executor);
            ScheduledExecutorService timer = scheduler == null ? DefaultExecutor.createScheduler() : scheduler;
            Redelivery redelivery = new Redelivery(timer, runner, maxUndelivered, time.ticker());
            EventDispatcher events = new EventDispatcher(
                    listeners,
                    listenerExecutor == null ? EventDispatcher.ownThreads() : listenerExecutor,
                    maxEvents,
                    time);
            AtomicLong groupClock = new AtomicLong();
            Engine engine = new Engine(
                    time,
                    runner,
                    new EntryFactory(time, random),
                    protection,
                    timer,
                    redelivery,
                    new FlightLimit(maxFlights),
                    events,
                    Map.copyOf(codecs),
                    groupClock,
                    new TagStamps(groupClock, maxTags),
                    maxTags,
                    boundToThread);
            PolicyResolver policies = new PolicyResolver(
                    caches, backendTtls, backends.keySet(), codecs.keySet(), fallback, defaultCodec, failOpen);
            Map<String, CacheBackend> named = Collections.unmodifiableMap(new LinkedHashMap<>(backends));
            named.forEach((name, backend) -> backend.watch(new ConnectionEvents(name, events)));
            redelivery.watch(named);
            Directory directory = new Directory(
                    engine,
                    named,
                    fallback,
                    policies,
                    breakers(named, events, redelivery, timer, runner),
                    failOpen,
                    maxCaches);
            afterClose.forEach(directory::afterClose);
            if (monitoring != null) {
                Monitor.start(directory, monitoring, timer);
            }
            return new DefaultCacheService(directory, null);
        }

        private Breakers breakers(
                Map<String, CacheBackend> named,
                EventDispatcher events,
                Redelivery redelivery,
                ScheduledExecutorService timer,
                Executor runner) {
            Breakers breakers = new Breakers(time, events, redelivery, timer, runner, random);
            if (circuitBreaker != null) {
                breakers.guard(named, circuitBreaker);
            }
            return breakers;
        }

        private String defaultBackendOrOnly() {
            if (defaultBackend == null && backends.size() == 1) {
                return backends.keySet().iterator().next();
            }
            if (defaultBackend == null || !backends.containsKey(defaultBackend)) {
                throw new CacheConfigurationException(
                        "lexigram.cache.default-backend",
                        defaultBackend,
                        backends.isEmpty()
                                ? "there is no backend; add one"
                                : "name one of the backends " + backends.keySet());
            }
            return defaultBackend;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(name + " is " + value + " but must be longer than zero");
            }
            return value;
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " is " + value + " but must be at least 1");
            }
            return value;
        }
    }
}
