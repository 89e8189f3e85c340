package io.lexigram.cache.service;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.VersionedEntries;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A backend elsewhere that answers, or is out of reach; what it holds survives. */
final class FailingBackend {

    private final MemoryBackend memory = MemoryBackend.builder().build();
    private final List<Runnable> lossListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable EntryStore held;
    private volatile boolean isDown;

    void down(boolean down) {
        isDown = down;
    }

    /** What it holds in the namespace that was opened last, past whoever uses it. */
    EntryStore held() {
        return Objects.requireNonNull(held);
    }

    /** Says that it may have lost what it had confirmed. */
    void loseConfirmed() {
        lossListeners.forEach(Runnable::run);
    }

    CacheBackend asBackend() {
        return proxy(CacheBackend.class, memory);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (p, method, args) -> {
                    switch (method.getName()) {
                        case "isLocal":
                            return false;
                        case "onLoss":
                            lossListeners.add((Runnable) args[0]);
                            return true;
                        case "hashCode":
                            return System.identityHashCode(p);
                        case "open":
                            held = (EntryStore) method.invoke(target, args);
                            return proxy(EntryStore.class, held());
                        case "versions":
                            return proxy(VersionedEntries.class, (VersionedEntries) method.invoke(target, args));
                        case "close", "contents", "type":
                            return method.invoke(target, args);
                        default:
                            if (isDown) {
                                throw new CacheConnectionException("no route to the server");
                            }
                            try {
                                return method.invoke(target, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                    }
                }));
    }
}
