package io.lexigram.cache.autoconfigure.aop;

import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;

/** An annotation of a method with what its class adds, and the place to blame for what is wrong with it. */
final class DeclaredOperation {

    private final MergedAnnotation<?> annotation;
    private final Class<? extends Annotation> kind;
    private final ClassDefaults defaults;
    private final CallSite site;

    DeclaredOperation(MergedAnnotation<?> annotation, ClassDefaults defaults, CallSite site) {
        this.annotation = annotation;
        this.kind = annotation.getType();
        this.defaults = defaults;
        this.site = site;
    }

    CallSite site() {
        return site;
    }

    /** What the method's own annotation says. */
    String own(String attribute) {
        return annotation.getString(attribute);
    }

    String[] ownTexts(String attribute) {
        return annotation.getStringArray(attribute);
    }

    boolean flag(String attribute) {
        return annotation.getBoolean(attribute);
    }

    /** What the method's own annotation says, or else the class. */
    String text(String attribute) {
        return own(attribute).isEmpty() ? defaults.text(kind, attribute) : own(attribute);
    }

    String[] texts(String attribute) {
        return ownTexts(attribute).length == 0 ? defaults.texts(kind, attribute) : ownTexts(attribute);
    }

    Scope scope(boolean hasResult) {
        return new Scope(site.variables(annotation.getSource()), hasResult);
    }

    InvalidCacheAnnotationException refused(String attribute, @Nullable Object value, String message) {
        return new InvalidCacheAnnotationException(attribute, this, value, message);
    }

    /** The annotation and where it stands. */
    @Override
    public String toString() {
        return "@" + kind.getSimpleName() + " on " + site;
    }
}
