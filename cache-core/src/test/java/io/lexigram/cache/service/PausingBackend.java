package io.lexigram.cache.service;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A backend whose next write stops at a gate. */
final class PausingBackend implements CacheBackend {

    private final CacheBackend backend;
    private final AtomicReference<@Nullable Gate> next = new AtomicReference<>();

    PausingBackend(CacheBackend backend) {
        this.backend = backend;
    }

    Gate pauseNextWrite() {
        Gate gate = new Gate();
        next.set(gate);
        return gate;
    }

    @Override
    public EntryStore open(StoreSpec spec) {
        EntryStore store = backend.open(spec);
        return (EntryStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntryStore.class}, (proxy, method, args) -> {
                    if (method.getName().startsWith("write")) {
                        Gate gate = next.getAndSet(null);
                        if (gate != null) {
                            gate.pass("");
                        }
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public String type() {
        return backend.type();
    }

    @Override
    public Stream<CacheKey> keys(Predicate<String> fullKey) {
        return backend.keys(fullKey);
    }

    @Override
    public long removeMany(Collection<CacheKey> keys) {
        return backend.removeMany(keys);
    }

    @Override
    public long removeTagged(String tag) {
        return backend.removeTagged(tag);
    }

    @Override
    public long removeNamespace(String namespace) {
        return backend.removeNamespace(namespace);
    }

    @Override
    public long clear() {
        return backend.clear();
    }

    @Override
    public Duration ping(Duration timeout) {
        return backend.ping(timeout);
    }

    @Override
    public boolean isLocal() {
        return backend.isLocal();
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return backend.unwrap(type);
    }

    @Override
    public void close() {
        backend.close();
    }
}
