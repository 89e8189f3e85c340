package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.annotation.RequestCached;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles the annotations of one method, and refuses those that cannot be meant. */
final class OperationCompiler {

    private final AttributeCompiler attributes;

    OperationCompiler(AttributeCompiler attributes) {
        this.attributes = attributes;
    }

    /** @throws InvalidCacheAnnotationException when one of them cannot be carried out */
    MethodPlan.Operations compile(CallSite site, ReturnShape shape, ClassDefaults defaults) {
        MethodPlan.Operations operations = compileAll(site, shape, defaults);
        if (site.batch() != null && !operations.isOneCached()) {
            throw new InvalidCacheAnnotationException(
                    "parameter",
                    "@CacheKeys on " + site,
                    "@CacheKeys",
                    "a method with it has one @Cached, and no other cache annotation. Put those on another method.");
        }
        return operations;
    }

    private MethodPlan.Operations compileAll(CallSite site, ReturnShape shape, ClassDefaults defaults) {
        return new MethodPlan.Operations(
                each(site, defaults, RequestCached.class, declared -> requestCached(declared, shape)),
                each(site, defaults, Cached.class, declared -> cached(declared, shape)),
                each(site, defaults, CacheUpdate.class, declared -> update(declared, shape)),
                each(site, defaults, CacheInvalidate.class, declared -> invalidate(declared, shape)));
    }

    private static <A extends Annotation, O> List<O> each(
            CallSite site, ClassDefaults defaults, Class<A> kind, Function<DeclaredOperation, O> compiling) {
        List<O> operations = new ArrayList<>();
        AnnotationSearch.on(site, kind)
                .forEach(annotation ->
                        operations.add(compiling.apply(new DeclaredOperation(annotation, defaults, site))));
        return operations;
    }

    private RequestOperation requestCached(DeclaredOperation declared, ReturnShape shape) {
        requireCacheable(declared, shape, shape.whyUnusableTwice());
        CallExpression key = attributes.expression(declared, "key", false);
        return new RequestOperation(
                key == null ? attributes.defaultKey() : KeyExpression.ofValue(key),
                new OperationLog(declared.toString()));
    }

    private CachedOperation cached(DeclaredOperation declared, ReturnShape shape) {
        requireCacheable(declared, shape, shape.whyUnusableTwice());
        requireCacheable(declared, shape, shape.whyUnreadable());
        CallOptions options = declared.flag("protect") ? CallOptions.NONE : CallOptions.NONE.unprotected();
        BatchParameter batch = declared.site().batch();
        return new CachedOperation(
                attributes.cache(declared, batch == null ? shape.type() : batch.valueType(declared, shape)),
                batch == null ? attributes.key(declared, false) : attributes.elementKey(declared),
                attributes.expression(declared, "condition", false),
                attributes.storeRule(declared, options),
                new OperationLog(declared.toString()));
    }

    private UpdateOperation update(DeclaredOperation declared, ReturnShape shape) {
        if (!shape.isNothing()) {
            requireCacheable(declared, shape, shape.whyUnusableTwice());
            requireCacheable(declared, shape, shape.whyUnreadable());
        }
        return new UpdateOperation(
                attributes.cache(declared, shape.type()),
                attributes.key(declared, true),
                attributes.expression(declared, "condition", true),
                attributes.storeRule(declared, CallOptions.NONE),
                !shape.isNothing(),
                new OperationLog(declared.toString()));
    }

    private InvalidateOperation invalidate(DeclaredOperation declared, ReturnShape shape) {
        requireCacheable(declared, shape, null);
        boolean hasResult = !declared.flag("beforeInvocation");
        boolean key =
                !declared.own("key").isEmpty() || !declared.own("keyGenerator").isEmpty();
        String pattern = declared.own("pattern");
        String[] tags = declared.ownTexts("tags");
        requireOneTarget(declared, key, pattern, tags, declared.flag("allEntries"));
        List<TextTemplate> templates = new ArrayList<>();
        for (String tag : tags) {
            templates.add(attributes.template(declared, "tags", tag, hasResult, text -> text));
        }
        return new InvalidateOperation(
                attributes.cache(declared, TypeRef.of(Object.class)),
                new InvalidateOperation.Targets(
                        key ? attributes.key(declared, hasResult) : null,
                        pattern.isEmpty()
                                ? null
                                : attributes.template(declared, "pattern", pattern, hasResult, Globs::quote),
                        templates,
                        declared.flag("allEntries")),
                !hasResult,
                attributes.expression(declared, "condition", hasResult),
                new OperationLog(declared.toString()));
    }

    private static void requireOneTarget(
            DeclaredOperation declared, boolean key, String pattern, String[] tags, boolean allEntries) {
        int targets = (key ? 1 : 0) + (pattern.isEmpty() ? 0 : 1) + (allEntries ? 1 : 0);
        if (targets == 0 && tags.length == 0) {
            throw declared.refused(
                    "key", "", "it says nothing to remove. Name a key, a pattern, tags, or allEntries = true.");
        }
        if (targets > 1) {
            String attribute = allEntries ? "allEntries" : "pattern";
            throw declared.refused(
                    attribute,
                    allEntries ? "true" : pattern,
                    "only one of key, pattern and allEntries can be meant. Write one annotation for each.");
        }
    }

    private static void requireCacheable(DeclaredOperation declared, ReturnShape shape, @Nullable String objection) {
        String why = shape.whyUnobservable() == null ? objection : shape.whyUnobservable();
        if (why != null) {
            throw declared.refused(
                    "return type",
                    declared.site().method().getGenericReturnType().getTypeName(),
                    why + ".");
        }
    }
}
