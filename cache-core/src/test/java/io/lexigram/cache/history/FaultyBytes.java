package io.lexigram.cache.history;

import io.lexigram.cache.spi.ByteBackend;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A backend with the capabilities of another one, whose calls go through a function that may change them. */
final class FaultyBytes {

    private FaultyBytes() {}

    static ByteBackend wrap(ByteBackend backend, Function<Call, @Nullable Object> fault) {
        return (ByteBackend) Proxy.newProxyInstance(
                FaultyBytes.class.getClassLoader(),
                backend.getClass().getInterfaces(),
                (proxy, method, arguments) -> fault.apply(new Call(backend, method, arguments)));
    }
}
