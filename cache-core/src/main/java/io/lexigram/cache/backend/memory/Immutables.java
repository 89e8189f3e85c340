package io.lexigram.cache.backend.memory;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Values that nobody can change: those of well-known classes of the JDK, constants of enums, and records of nothing else. */
final class Immutables {

    private static final Set<Class<?>> KNOWN = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class);

    private static final ClassValue<Boolean> IMMUTABLE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isImmutable(type, new HashSet<>());
        }
    };

    private Immutables() {}

    static boolean include(Object value) {
        return value instanceof Enum || IMMUTABLE.get(value.getClass());
    }

    /** @param open the records being looked at: one that refers to itself is as immutable as its other components */
    private static boolean isImmutable(Class<?> type, Set<Class<?>> open) {
        if (type.isPrimitive() || type.isEnum() || KNOWN.contains(type) || isTime(type)) {
            return true;
        }
        if (!type.isRecord()) {
            return false;
        }
        if (!open.add(type)) {
            return true;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isImmutable(component.getType(), open)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTime(Class<?> type) {
        return type.getPackageName().equals("java.time") && Modifier.isFinal(type.getModifiers());
    }
}
