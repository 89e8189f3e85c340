package io.lexigram.cache.spi;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Makes the key of a method call that is to be cached. Different calls need different keys. */
@FunctionalInterface
public interface KeyGenerator {

    /**
     * @param target the object whose method is called
     * @param method the method of the object's own class where it has one
     * @throws io.lexigram.cache.CacheKeyException when the call has no key; it is then not cached
     */
    String generate(Object target, Method method, @Nullable Object... args);
}
