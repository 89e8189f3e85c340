package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The text of a value inside a key, a tag or a pattern. */
final class KeyText {

    private static final Method VALUE = valueMethod();

    private KeyText() {}

    /**
     * A text as it is, a plain value as its text, and anything else as a hash that differs where the values differ.
     *
     * @throws CacheKeyException when it is null, or has no injective encoding
     */
    static String of(@Nullable Object value) {
        if (value == null) {
            throw new CacheKeyException("An expression for a key, tag or pattern yields null");
        }
        String plain = plain(value);
        return plain == null ? CacheKey.ofCall(VALUE, new Object[] {value}).key() : plain;
    }

    /** The text of a plain value; null for null, and for what is hashed. */
    static @Nullable String plain(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        return value != null && isPlain(value) ? value.toString() : null;
    }

    private static boolean isPlain(Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof UUID
                || value instanceof CharSequence
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof URI
                || value instanceof Locale
                || value instanceof Currency
                || (value instanceof Number || value instanceof TemporalAccessor || value instanceof TemporalAmount)
                        && value.getClass().getName().startsWith("java.");
    }

    private static Method valueMethod() {
        try {
            return KeyText.class.getDeclaredMethod("of", Object.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
