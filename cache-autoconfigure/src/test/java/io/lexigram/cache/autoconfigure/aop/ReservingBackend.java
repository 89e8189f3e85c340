package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A backend over the heap as remote ones are: reservations are made elsewhere, and may take their time. */
final class ReservingBackend {

    private final MemoryBackend memory = MemoryBackend.builder().build();
    private final List<String> askedOn = new CopyOnWriteArrayList<>();

    /** When reservations are made. */
    volatile CompletableFuture<Void> made = CompletableFuture.completedFuture(null);

    /** The names of the threads that asked for a reservation. */
    List<String> askedOn() {
        return askedOn;
    }

    CacheBackend backend() {
        return (CacheBackend) Proxy.newProxyInstance(
                CacheBackend.class.getClassLoader(),
                new Class<?>[] {CacheBackend.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isLocal" -> false;
                    case "open" -> shared(memory.open((StoreSpec) arguments[0]));
                    default -> call(method, memory, arguments);
                });
    }

    private Object shared(EntryStore entries) {
        return Proxy.newProxyInstance(
                EntryStore.class.getClassLoader(),
                new Class<?>[] {EntryStore.class, SharedLoads.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "reserve" -> reserve((String) arguments[0]);
                    case "fill" -> {
                        entries.write(((Lease) arguments[0]).key(), (StoredEntry) arguments[1]);
                        yield true;
                    }
                    case "isCurrent" -> true;
                    case "release" -> null;
                    default -> call(method, entries, arguments);
                });
    }

    private CompletableFuture<Lease> reserve(String key) {
        askedOn.add(Thread.currentThread().getName());
        return made.thenApply(nothing -> new Lease(key, 1, 0));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
