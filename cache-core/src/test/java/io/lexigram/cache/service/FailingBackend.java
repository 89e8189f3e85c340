package io.lexigram.cache.service;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.VersionedEntries;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A backend elsewhere that answers, or is out of reach; what it holds survives. */
final class FailingBackend {

    private final MemoryBackend memory = MemoryBackend.builder().build();
    private volatile boolean isDown;

    void down(boolean down) {
        isDown = down;
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
                        case "hashCode":
                            return System.identityHashCode(p);
                        case "open":
                            return proxy(EntryStore.class, (EntryStore) method.invoke(target, args));
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
