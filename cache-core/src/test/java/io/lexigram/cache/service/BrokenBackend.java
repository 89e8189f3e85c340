package io.lexigram.cache.service;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A backend that answers every request with a fault, and notes what it was asked. */
final class BrokenBackend {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final EntryStore store = faulty(EntryStore.class);

    List<String> calls() {
        return calls;
    }

    CacheBackend asBackend() {
        return faulty(CacheBackend.class);
    }

    private <T> T faulty(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (p, method, args) -> {
                    switch (method.getName()) {
                        case "type":
                            return "broken";
                        case "isLocal":
                            return false;
                        case "onLoss":
                            return true;
                        case "open":
                            return store;
                        case "close", "guard", "watch":
                            return null;
                        case "contents":
                            return EntryStore.Contents.UNKNOWN;
                        default:
                            calls.add(method.getName());
                            throw new CacheConnectionException("no route to the server");
                    }
                }));
    }
}
