package io.lexigram.cache.contract;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Makes every operation of a backend fail while it lasts, as a remote one fails: streams when they are read. Operations that
 * ask nothing of a server go on.
 */
final class Outage {

    static final String MESSAGE = "There is no connection";

    private static final Set<String> ANSWERED_HERE =
            Set.of("type", "unwrap", "close", "contents", "accessed", "toString", "hashCode", "equals");

    private final AtomicBoolean lasts = new AtomicBoolean();

    void begin() {
        lasts.set(true);
    }

    void end() {
        lasts.set(false);
    }

    CacheBackend around(CacheBackend backend) {
        return new ForwardingBackend(failing(CacheBackend.class, backend)) {
            @Override
            public boolean isLocal() {
                return false;
            }

            @Override
            public EntryStore open(StoreSpec spec) {
                return failing(EntryStore.class, backend.open(spec));
            }
        };
    }

    private <T> T failing(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getReturnType() == Stream.class) {
                return Stream.of(method).flatMap(late -> (Stream<?>) answer(target, late, args));
            }
            return answer(target, method, args);
        }));
    }

    private Object answer(Object target, Method method, Object[] args) {
        if (lasts.get() && !ANSWERED_HERE.contains(method.getName())) {
            throw new CacheConnectionException(MESSAGE);
        }
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
