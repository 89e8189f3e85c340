package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.annotation.MergedAnnotation;

/** What the annotations of a class say for those of its methods. */
final class ClassDefaults {

    private static final Set<String> OF_CACHES = Set.of("cache", "backend", "keyGenerator");
    private static final Set<String> OF_ENTRIES = Set.of("ttl", "tags");
    private static final List<Class<? extends Annotation>> GIVERS =
            List.of(Cached.class, CacheUpdate.class, CacheInvalidate.class);

    private final Map<Class<? extends Annotation>, MergedAnnotation<?>> annotations = new LinkedHashMap<>();

    /** @throws InvalidCacheAnnotationException when the class says what can be said on a method only */
    ClassDefaults(Class<?> type) {
        for (Class<? extends Annotation> kind : AnnotationSearch.KINDS) {
            List<? extends MergedAnnotation<?>> found = AnnotationSearch.on(type, kind);
            if (found.size() > 1) {
                throw new InvalidCacheAnnotationException(
                        "cache",
                        "@" + kind.getSimpleName() + " on " + type.getName(),
                        found.stream().map(one -> one.getString("cache")).toList(),
                        "a class can have one @" + kind.getSimpleName() + ". Put the others on the methods.");
            }
            found.forEach(annotation -> annotations.put(kind, checked(annotation, kind, type)));
        }
    }

    private static MergedAnnotation<?> checked(MergedAnnotation<?> annotation, Class<?> kind, Class<?> type) {
        for (var method : kind.getDeclaredMethods()) {
            String attribute = method.getName();
            if (!isGiven(attribute, kind) && !annotation.hasDefaultValue(attribute)) {
                throw new InvalidCacheAnnotationException(
                        attribute,
                        "@" + kind.getSimpleName() + " on " + type.getName(),
                        annotation.getValue(attribute).orElse(""),
                        "on a class it has no effect. Put it on the methods.");
            }
        }
        return annotation;
    }

    /** The tags of an invalidation say what goes, and not what entries carry. */
    private static boolean isGiven(String attribute, Class<?> kind) {
        return OF_CACHES.contains(attribute) || OF_ENTRIES.contains(attribute) && kind != CacheInvalidate.class;
    }

    boolean isEmpty() {
        return annotations.isEmpty();
    }

    /** What the class says for an attribute of an annotation of this kind; empty where it says nothing. */
    String text(Class<? extends Annotation> kind, String attribute) {
        for (MergedAnnotation<?> giver : givers(kind, attribute)) {
            if (!giver.hasDefaultValue(attribute)) {
                return giver.getString(attribute);
            }
        }
        return "";
    }

    String[] texts(Class<? extends Annotation> kind, String attribute) {
        for (MergedAnnotation<?> giver : givers(kind, attribute)) {
            if (!giver.hasDefaultValue(attribute)) {
                return giver.getStringArray(attribute);
            }
        }
        return new String[0];
    }

    /** Its own kind first. */
    private List<MergedAnnotation<?>> givers(Class<? extends Annotation> kind, String attribute) {
        List<MergedAnnotation<?>> givers = new ArrayList<>();
        if (annotations.containsKey(kind)) {
            givers.add(annotations.get(kind));
        }
        for (Class<? extends Annotation> giver : GIVERS) {
            if (annotations.containsKey(giver) && giver != kind && isGiven(attribute, giver)) {
                givers.add(annotations.get(giver));
            }
        }
        return givers;
    }
}
