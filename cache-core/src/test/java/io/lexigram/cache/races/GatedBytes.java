package io.lexigram.cache.races;

import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.spi.ByteBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A backend whose next calls of an operation stop at a gate: on their way there, with the thread that calls, or with their
 * answers on the way back.
 */
final class GatedBytes {

    private final Wire wire;
    private final Map<String, Queue<Gate>> before = new ConcurrentHashMap<>();
    private final Map<String, Queue<Gate>> after = new ConcurrentHashMap<>();

    /** @param wire what the node's messages pass */
    GatedBytes(Wire wire) {
        this.wire = wire;
    }

    void before(String operation, Gate gate) {
        before.computeIfAbsent(operation, o -> new ConcurrentLinkedQueue<>()).add(gate);
    }

    void after(String operation, Gate gate) {
        after.computeIfAbsent(operation, o -> new ConcurrentLinkedQueue<>()).add(gate);
    }

    ByteBackend wrap(ByteBackend backend) {
        return (ByteBackend) Proxy.newProxyInstance(
                GatedBytes.class.getClassLoader(), capabilities(backend), (proxy, method, arguments) -> {
                    Gate there = next(before, method.getName());
                    if (there != null) {
                        there.pass("");
                    }
                    try {
                        Object answer = method.invoke(backend, arguments);
                        if (answer instanceof ChannelTransport.Source source) {
                            return (ChannelTransport.Source) () -> wire.around(source.channelTransport());
                        }
                        Gate back = next(after, method.getName());
                        return back != null && answer instanceof CompletionStage<?> stage ? held(stage, back) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Class<?>[] capabilities(ByteBackend backend) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> type = backend.getClass(); type != null; type = type.getSuperclass()) {
            all.addAll(List.of(type.getInterfaces()));
        }
        return all.toArray(Class<?>[]::new);
    }

    private static <T> CompletionStage<T> held(CompletionStage<T> stage, Gate gate) {
        return stage.thenCompose(value -> gate.arrive().thenApply(open -> value));
    }

    private static @Nullable Gate next(Map<String, Queue<Gate>> gates, String operation) {
        Queue<Gate> waiting = gates.get(operation);
        return waiting == null ? null : waiting.poll();
    }
}
