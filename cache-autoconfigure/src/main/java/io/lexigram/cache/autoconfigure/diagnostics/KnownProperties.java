package io.lexigram.cache.autoconfigure.diagnostics;

import io.lexigram.cache.autoconfigure.LexigramCacheProperties;
import io.lexigram.cache.service.Misspelling;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Which properties there are on each level, as the records that they are bound to tell. */
final class KnownProperties {

    private KnownProperties() {}

    /** What to write instead of a property that there is not. */
    static String fix(ConfigurationPropertyName name) {
        int level = ConfigurationPropertyName.of(LexigramCacheProperties.PREFIX).getNumberOfElements();
        Type type = LexigramCacheProperties.class;
        while (level < name.getNumberOfElements()) {
            String element = name.getElement(level, Form.ORIGINAL);
            if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
                type = map.getActualTypeArguments()[1];
            } else {
                Map<String, Type> known = namesOf(type);
                Type next = known.get(name.getElement(level, Form.DASHED));
                if (next == null) {
                    return advice(name.chop(level), element, known);
                }
                type = next;
            }
            level++;
        }
        return "Remove " + name + ": its value has no place there.";
    }

    private static String advice(ConfigurationPropertyName parent, String wrong, Map<String, Type> known) {
        if (known.isEmpty()) {
            return "Remove it: " + parent + " is a single value.";
        }
        String near = Misspelling.nearest(wrong, known.keySet()).orElse(null);
        return near != null
                ? "Write " + parent + "." + near + " instead of " + wrong + "."
                : "Write one of " + String.join(", ", known.keySet()) + " below " + parent + ", not " + wrong + ".";
    }

    private static Map<String, Type> namesOf(Type type) {
        Map<String, Type> names = new TreeMap<>();
        if (type instanceof Class<?> record && record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                names.put(nameOf(component, record), component.getGenericType());
            }
        }
        return names;
    }

    private static String nameOf(RecordComponent component, Class<?> record) {
        Name renamed = annotationOf(component, record);
        String name = renamed == null ? component.getName() : renamed.value();
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }

    /** The annotation stands on the constructor's parameter, not on the component. */
    private static @Nullable Name annotationOf(RecordComponent component, Class<?> record) {
        for (var parameter : record.getDeclaredConstructors()[0].getParameters()) {
            if (parameter.getName().equals(component.getName())) {
                return parameter.getAnnotation(Name.class);
            }
        }
        return null;
    }
}
