package io.lexigram.cache.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nested maps and lists as properties with full names: {@code a.b[0]}. */
final class FlatProperties {

    private FlatProperties() {}

    static Map<String, Object> of(Map<String, ?> nested) {
        Map<String, Object> flat = new LinkedHashMap<>();
        nested.forEach((name, value) -> add(flat, name, value));
        return flat;
    }

    private static void add(Map<String, Object> flat, String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, inner) -> add(flat, below(name, String.valueOf(key)), inner));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                add(flat, name + "[" + i + "]", list.get(i));
            }
        } else {
            flat.put(name, value == null || value instanceof Map || value instanceof List ? "" : value);
        }
    }

    /** A name in brackets keeps the characters it has. */
    private static String below(String parent, String name) {
        return name.startsWith("[") ? parent + name : parent + "." + name;
    }
}
