package io.lexigram.cache.faults;

import io.lexigram.cache.spi.ByteBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls that reach a backend, but for those that ask nothing of a server and for pings. */
final class CountedBytes {

    private static final Set<String> UNCOUNTED = Set.of(
            "type", "unwrap", "close", "ping", "clockWatch", "isTimedByServer", "toString", "hashCode", "equals");

    private final AtomicLong calls = new AtomicLong();

    long calls() {
        return calls.get();
    }

    ByteBackend around(ByteBackend backend) {
        Set<Class<?>> capabilities = new LinkedHashSet<>();
        for (Class<?> type = backend.getClass(); type != null; type = type.getSuperclass()) {
            capabilities.addAll(List.of(type.getInterfaces()));
        }
        return (ByteBackend) Proxy.newProxyInstance(
                CountedBytes.class.getClassLoader(),
                capabilities.toArray(Class<?>[]::new),
                (proxy, method, arguments) -> {
                    if (!UNCOUNTED.contains(method.getName())) {
                        calls.incrementAndGet();
                    }
                    try {
                        return method.invoke(backend, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
