package io.lexigram.cache.history;

import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.SharedLoads;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A backend whose stores answer one of their questions always the same. */
final class FaultyStores {

    private FaultyStores() {}

    static CacheBackend wrap(CacheBackend backend, String question, Object answer) {
        return proxy(backend, question, answer, CacheBackend.class);
    }

    private static <T> T proxy(T target, String question, Object answer, Class<T> type, Class<?>... others) {
        Class<?>[] types = new Class<?>[others.length + 1];
        types[0] = type;
        System.arraycopy(others, 0, types, 1, others.length);
        return type.cast(Proxy.newProxyInstance(FaultyStores.class.getClassLoader(), types, (p, method, arguments) -> {
            if (method.getName().equals(question)) {
                return answer;
            }
            try {
                Object answered = method.invoke(target, arguments);
                return answered instanceof EntryStore store && store instanceof SharedLoads
                        ? proxy(store, question, answer, EntryStore.class, SharedLoads.class)
                        : answered;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
