package io.lexigram.cache.history;

import io.lexigram.cache.spi.ByteBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** One call of a backend on its way there. */
record Call(ByteBackend backend, Method method, Object[] arguments) {

    boolean is(String name) {
        return method.getName().equals(name);
    }

    <T> T argument(int index, Class<T> type) {
        return type.cast(arguments[index]);
    }

    /** Asks the backend. */
    Object proceed() {
        try {
            return method.invoke(backend, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
