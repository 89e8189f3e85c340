package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.annotation.RequestCached;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Finds our annotations where they count: on the element, or where it has none of the kind on what it overrides or
 * implements; composed annotations included.
 */
final class AnnotationSearch {

    static final List<Class<? extends Annotation>> KINDS =
            List.of(Cached.class, CacheUpdate.class, CacheInvalidate.class, RequestCached.class);

    private AnnotationSearch() {}

    /** Whether a class can have any of them; the many classes of Spring itself cannot. */
    static boolean isCandidate(Class<?> type) {
        return AnnotationUtils.isCandidateClass(type, KINDS) && !type.getName().startsWith("org.springframework.");
    }

    /** Whether the source of a type has any of them on a method. */
    static boolean isAnyDeclaredIn(Class<?> type) {
        try {
            return isCandidate(type)
                    && Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> method.getAnnotations().length > 0)
                            .anyMatch(method -> isAnyPresent(MergedAnnotations.from(method)));
        } catch (LinkageError missingLibrary) {
            return false;
        }
    }

    private static boolean isAnyPresent(MergedAnnotations annotations) {
        return KINDS.stream().anyMatch(annotations::isPresent);
    }

    /** Whether a method has any of them. */
    static boolean isAnnotated(CallSite site) {
        for (Method declaration : site.declarations()) {
            if (isAnyPresent(from(declaration))) {
                return true;
            }
        }
        return false;
    }

    /** Those of one kind on a method, in their order. */
    static <A extends Annotation> List<MergedAnnotation<A>> on(CallSite site, Class<A> kind) {
        for (Method declaration : site.declarations()) {
            List<MergedAnnotation<A>> found = nearest(declaration, kind);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Those of one kind on a class. */
    static <A extends Annotation> List<MergedAnnotation<A>> on(Class<?> type, Class<A> kind) {
        return nearest(type, kind);
    }

    private static <A extends Annotation> List<MergedAnnotation<A>> nearest(AnnotatedElement element, Class<A> kind) {
        List<MergedAnnotation<A>> found = from(element).stream(kind).toList();
        int nearest = found.stream()
                .mapToInt(MergedAnnotation::getAggregateIndex)
                .min()
                .orElse(0);
        return found.stream()
                .filter(annotation -> annotation.getAggregateIndex() == nearest)
                .toList();
    }

    private static MergedAnnotations from(AnnotatedElement element) {
        return MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY).from(element);
    }
}
