package io.lexigram.cache.service;

import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A backend whose next calls of a method stop at a gate. */
final class PausingBackend {

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

    CacheBackend asBackend() {
        return paused(CacheBackend.class, backend);
    }

    private <T> T paused(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (p, method, args) -> {
                    pass(before, method.getName());
                    try {
                        Object answer = method.invoke(target, args);
                        return answer instanceof EntryStore store ? paused(EntryStore.class, store) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        pass(after, method.getName());
                    }
                }));
    }
}
