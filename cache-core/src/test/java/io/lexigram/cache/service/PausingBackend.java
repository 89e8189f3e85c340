package io.lexigram.cache.service;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A backend whose next calls of a method stop at a gate. */
final class PausingBackend implements CacheBackend {

    private final CacheBackend backend;
    private final Map<String, Queue<Gate>> before = new ConcurrentHashMap<>();
    private final Map<String, Queue<Gate>> after = new ConcurrentHashMap<>();

    PausingBackend(CacheBackend backend) {
        this.backend = backend;
    }

    /** The next write, of one entry or of several, stops before it takes effect. */
    Gate pauseNextWrite() {
        return add(before, "write");
    }

    Gate pauseBeforeNext(String method) {
        return add(before, method);
    }

    Gate pauseAfterNext(String method) {
        return add(after, method);
    }

    private static Gate add(Map<String, Queue<Gate>> gates, String method) {
        Gate gate = new Gate();
        gates.computeIfAbsent(method, m -> new ConcurrentLinkedQueue<>()).add(gate);
        return gate;
    }

    private static void pass(Map<String, Queue<Gate>> gates, String method) throws InterruptedException {
        Queue<Gate> waiting = gates.get(method.equals("writeMany") ? "write" : method);
        Gate gate = waiting == null ? null : waiting.poll();
        if (gate != null) {
            gate.pass("");
        }
    }

    @Override
    public EntryStore open(StoreSpec spec) {
        EntryStore store = backend.open(spec);
        return (EntryStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntryStore.class}, (proxy, method, args) -> {
                    pass(before, method.getName());
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        pass(after, method.getName());
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
