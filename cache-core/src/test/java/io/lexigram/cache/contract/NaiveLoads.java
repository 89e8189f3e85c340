package io.lexigram.cache.contract;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.AsyncCache;
import io.lexigram.cache.AsyncLoader;
import io.lexigram.cache.BatchLoader;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheLoader;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.LoadContext;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.contract.Twisted.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Loads as they are written every day: look, load, put, with nothing in between that notices an invalidation. */
final class NaiveLoads {

    private NaiveLoads() {}

    /** A cache whose loads of every kind are naive. */
    static Cache<Object> around(Cache<Object> cache) {
        return Fault.twisted(cache)
                .with("get", NaiveLoads::get)
                .with("getAll", NaiveLoads::getAll)
                .with("reserve", NaiveLoads::reserve)
                .with("async", call -> Twisted.of(AsyncCache.class, (AsyncCache<?>) call.proceed())
                        .with("get", get -> getAsync(cache, get))
                        .with(
                                "reserve",
                                reserve -> CompletableFuture.completedFuture(reservation(cache, reserve.arg(0))))
                        .build())
                .build();
    }

    @SuppressWarnings("unchecked")
    static Cache<Object> cache(Call call) {
        return (Cache<Object>) call.target();
    }

    static CallOptions options(Call call) {
        return call.has(2, CallOptions.class) ? call.arg(2) : CallOptions.NONE;
    }

    static @Nullable Object get(Call call) throws Throwable {
        if (call.args().size() == 1) {
            return call.proceed();
        }
        Lookup<Object> found = cache(call).lookup(call.arg(0));
        return found.isPresent() ? found.orElse(null) : load(call);
    }

    /** Runs the loader and puts its value. */
    static @Nullable Object load(Call call) throws Throwable {
        Decisions decisions = new Decisions(cache(call).name(), call.arg(0), options(call));
        Object value = call.has(1, CacheLoader.class)
                ? call.<CacheLoader<Object, Throwable>>arg(1).load()
                : call.<AdaptiveLoader<Object, Throwable>>arg(1).load(decisions);
        if (decisions.stored) {
            cache(call).put(call.arg(0), value, decisions.options);
        }
        return value;
    }

    private static Object getAll(Call call) throws Throwable {
        BatchResult<Object> read = cache(call).getMany(call.<Collection<String>>arg(0));
        Map<String, @Nullable Object> all = new LinkedHashMap<>(read.found());
        if (!read.missing().isEmpty()) {
            Map<String, ?> loaded =
                    call.<BatchLoader<Object, Throwable>>arg(1).load(new LinkedHashSet<>(read.missing()));
            cache(call).putMany(loaded, options(call));
            all.putAll(loaded);
        }
        return all;
    }

    private static Object reserve(Call call) {
        return reservation(cache(call), call.arg(0));
    }

    private static Reservation<Object> reservation(Cache<Object> cache, String key) {
        return new Reservation<>() {
            @Override
            public boolean put(@Nullable Object value, CallOptions options) {
                cache.put(key, value, options);
                return true;
            }

            @Override
            public void close() {}
        };
    }

    private static @Nullable Object getAsync(Cache<Object> cache, Call call) throws Throwable {
        if (call.args().size() == 1 || cache.exists(call.arg(0))) {
            return call.proceed();
        }
        Decisions decisions = new Decisions(cache.name(), call.arg(0), options(call));
        CompletionStage<Object> loading = call.<AsyncLoader<Object>>arg(1).load(decisions);
        return loading.thenApply(value -> {
            cache.put(call.arg(0), value, decisions.options);
            return value;
        });
    }

    /** What a loader decides, honoured. */
    static final class Decisions implements LoadContext {

        private final CacheKey key;
        CallOptions options;
        boolean stored = true;

        Decisions(String cache, String key, CallOptions options) {
            this.key = CacheKey.of(key).in(cache);
            this.options = options;
        }

        @Override
        public CacheKey key() {
            return key;
        }

        @Override
        public LoadContext ttl(Duration ttl) {
            options = options.ttl(ttl);
            return this;
        }

        @Override
        public LoadContext lastUpdated(Instant lastUpdated) {
            options = options.lastUpdated(lastUpdated);
            return this;
        }

        @Override
        public LoadContext tags(String... tags) {
            options = options.tags(tags);
            return this;
        }

        @Override
        public LoadContext doNotStore() {
            stored = false;
            return this;
        }

        @Override
        public LoadContext version(String version) {
            return this;
        }

        @Override
        public Object staleValue() {
            return null;
        }

        @Override
        public String staleVersion() {
            return null;
        }

        @Override
        public LoadContext notModified() {
            throw new IllegalStateException("There is nothing stale");
        }
    }
}
