package io.lexigram.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as bytes such that different values have different bytes: every part carries its kind and its length, so
 * no concatenation of parts can be read in two ways.
 */
final class InjectiveEncoder {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    private final DataOutputStream out = new DataOutputStream(bytes);

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    void text(String text) {
        part('s', text.getBytes(StandardCharsets.UTF_8));
    }

    void value(@Nullable Object value) {
        if (value == null) {
            part('0', new byte[0]);
        } else if (value instanceof String s) {
            text(s);
        } else if (isAtom(value)) {
            atom(value);
        } else if (value instanceof Optional<?> optional) {
            group('o', optional.map(List::<Object>of).orElse(List.of()));
        } else if (value.getClass().isArray()) {
            text(value.getClass().getComponentType().getName());
            group('a', elements(value));
        } else if (value instanceof Map<?, ?> map) {
            unordered(
                    'm',
                    map.entrySet().stream()
                            .map(e -> Arrays.asList(e.getKey(), e.getValue()))
                            .toList());
        } else if (value instanceof Set<?> set) {
            unordered('t', set);
        } else if (value instanceof Collection<?> collection) {
            group('l', collection);
        } else if (value instanceof Record record) {
            text(record.getClass().getName());
            group('r', components(record));
        } else if (value instanceof Serializable) {
            part('j', serialized(value));
        } else {
            throw new CacheKeyException(
                    "A call cannot be turned into a key: " + value.getClass().getName()
                            + " has no injective encoding. Give a key expression or a key generator, or make it a record or Serializable.");
        }
    }

    private static boolean isAtom(Object value) {
        return value instanceof Number && value.getClass().getName().startsWith("java.")
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof UUID
                || value instanceof Class<?>
                || value instanceof URI
                || value instanceof Locale
                || value instanceof Currency
                || (value instanceof TemporalAccessor || value instanceof TemporalAmount)
                        && value.getClass().getName().startsWith("java.time.");
    }

    /** The class name tells {@code 1} from {@code 1L}; the text of an atom is injective within its class. */
    private void atom(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        text(type.getName());
        part('v', atomText(value).getBytes(StandardCharsets.UTF_8));
    }

    private static String atomText(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue() + "E" + decimal.scale();
        }
        if (value instanceof BigInteger integer) {
            return integer.toString(16);
        }
        if (value instanceof Locale locale) {
            return locale.toLanguageTag() + "/" + locale;
        }
        return value.toString();
    }

    private void group(char kind, Collection<?> values) {
        part(kind, (byte) 0, values.size());
        values.forEach(this::value);
    }

    private void unordered(char kind, Collection<?> values) {
        List<byte[]> parts = new ArrayList<>(values.size());
        for (Object value : values) {
            InjectiveEncoder encoder = new InjectiveEncoder();
            encoder.value(value);
            parts.add(encoder.toByteArray());
        }
        parts.sort(Arrays::compare);
        part(kind, (byte) 0, parts.size());
        parts.forEach(p -> part('p', p));
    }

    private static List<@Nullable Object> elements(Object array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static List<@Nullable Object> components(Record record) {
        List<@Nullable Object> values = new ArrayList<>();
        try {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                values.add(accessor.invoke(record));
            }
            return values;
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            throw new CacheKeyException(
                    "A call cannot be turned into a key: the components of record "
                            + record.getClass().getName()
                            + " cannot be read. Give a key expression or a key generator.",
                    e);
        }
    }

    private static byte[] serialized(Object value) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(buffer)) {
            stream.writeObject(value);
        } catch (IOException | RuntimeException e) {
            throw new CacheKeyException(
                    "A call cannot be turned into a key: " + value.getClass().getName()
                            + " cannot be serialized. Give a key expression or a key generator.",
                    e);
        }
        return buffer.toByteArray();
    }

    private void part(char kind, byte[] content) {
        part(kind, (byte) 1, content.length);
        bytes.writeBytes(content);
    }

    private void part(char kind, byte leaf, int length) {
        try {
            out.writeByte(kind);
            out.writeByte(leaf);
            out.writeInt(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
