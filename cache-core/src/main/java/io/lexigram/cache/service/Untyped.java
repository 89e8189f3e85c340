package io.lexigram.cache.service;

import io.lexigram.cache.TypeRef;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** As what a value is written for which the caller declares no type. */
final class Untyped {

    private Untyped() {}

    /** The class of the value; null for plain JSON values, which may be read as any type. */
    static @Nullable TypeRef<?> typeOf(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        boolean plain = value instanceof Map
                || value instanceof Collection
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Number && value.getClass().getPackageName().startsWith("java.");
        return plain ? null : TypeRef.of((Type) value.getClass());
    }
}
