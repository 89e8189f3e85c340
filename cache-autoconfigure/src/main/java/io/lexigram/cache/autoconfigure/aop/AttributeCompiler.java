package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.KeyGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.convert.DurationStyle;

/** Compiles the attributes that annotations have in common; every refusal names the attribute. */
final class AttributeCompiler {

    private final ConfigurableBeanFactory beans;
    private final Supplier<CacheService> services;
    private final ExpressionCompiler expressions;

    AttributeCompiler(ConfigurableBeanFactory beans, ClassLoader classLoader, Supplier<CacheService> services) {
        this.beans = beans;
        this.services = services;
        this.expressions = new ExpressionCompiler(beans, classLoader);
    }

    NamedCache cache(DeclaredOperation declared, TypeRef<?> type) {
        String name = declared.text("cache");
        if (name.isEmpty()) {
            throw declared.refused("cache", name, "name the cache here, or in an @Cached on the class.");
        }
        String backend = declared.text("backend");
        try {
            return new NamedCache(name, backend.isEmpty() ? null : backend, type, services);
        } catch (CacheKeyException e) {
            throw declared.refused("cache", name, "that cannot be the name of a cache. " + e.getMessage());
        }
    }

    /** An expression; null where there is none. */
    @Nullable
    CallExpression expression(DeclaredOperation declared, String attribute, boolean hasResult) {
        String text = declared.own(attribute);
        return text.isEmpty()
                ? null
                : attempt(declared, attribute, text, it -> expressions.compile(it, declared.scope(hasResult)));
    }

    KeyExpression key(DeclaredOperation declared, boolean hasResult) {
        CallExpression value = expression(declared, "key", hasResult);
        String generator = declared.own("keyGenerator");
        if (value != null) {
            if (!generator.isEmpty()) {
                throw declared.refused("keyGenerator", generator, "there is a key as well. Leave out one of them.");
            }
            return KeyExpression.ofValue(value);
        }
        generator = declared.text("keyGenerator");
        return generator.isEmpty() ? defaultKey() : KeyExpression.generated(named(declared, generator));
    }

    /** The key of one of many elements: by default the element itself. */
    KeyExpression elementKey(DeclaredOperation declared) {
        boolean silent =
                declared.own("key").isEmpty() && declared.text("keyGenerator").isEmpty();
        if (!silent) {
            return key(declared, false);
        }
        if (declared.site().method().getParameterCount() > 1) {
            throw declared.refused(
                    "key",
                    "",
                    "the method has other parameters beside its @CacheKeys. Write key = \"#key\" if the values do not"
                            + " depend on them, or name them: key = \"#key + ':' + #other\".");
        }
        return KeyExpression.ofValue(expressions.compile("#" + BatchParameter.VARIABLE, declared.scope(false)));
    }

    /** The application's one key generator, or the whole call. */
    KeyExpression defaultKey() {
        return KeyExpression.generated(
                () -> beans.getBeanProvider(KeyGenerator.class).getIfUnique());
    }

    private Supplier<@Nullable KeyGenerator> named(DeclaredOperation declared, String name) {
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, KeyGenerator.class)) {
            throw declared.refused(
                    "keyGenerator",
                    name,
                    "there is no such bean that implements " + KeyGenerator.class.getName() + ".");
        }
        return () -> beans.getBean(name, KeyGenerator.class);
    }

    StoreRule storeRule(DeclaredOperation declared, CallOptions base) {
        CallOptions options = base;
        Duration ttl = ttl(declared);
        if (ttl != null) {
            options = options.ttl(ttl);
        }
        List<TextTemplate> varying = new ArrayList<>();
        for (String text : declared.texts("tags")) {
            TextTemplate tag = template(declared, "tags", text, true, UnaryOperator.identity());
            String constant = tag.constant();
            if (constant == null) {
                varying.add(tag);
                continue;
            }
            try {
                options = options.tags(constant);
            } catch (CacheKeyException e) {
                throw declared.refused("tags", text, "that cannot be a tag. " + e.getMessage());
            }
        }
        return new StoreRule(options, varying, expression(declared, "unless", true));
    }

    TextTemplate template(
            DeclaredOperation declared,
            String attribute,
            String text,
            boolean hasResult,
            UnaryOperator<String> quoting) {
        if (text.isEmpty()) {
            throw declared.refused(attribute, text, "it is empty. Leave it out or write a text.");
        }
        return attempt(
                declared,
                attribute,
                text,
                it -> TextTemplate.compile(it, declared.scope(hasResult), expressions, quoting));
    }

    private @Nullable Duration ttl(DeclaredOperation declared) {
        String text = declared.text("ttl");
        if (text.isEmpty()) {
            return null;
        }
        String resolved;
        try {
            resolved = beans.resolveEmbeddedValue(text);
        } catch (IllegalArgumentException e) {
            resolved = text;
        }
        if (resolved == null || resolved.contains("${")) {
            throw declared.refused(
                    "ttl", text, "there is no such property. Define it, or write a default: ${name:10m}.");
        }
        return parsed(declared, text, resolved.trim());
    }

    private static Duration parsed(DeclaredOperation declared, String text, String resolved) {
        String shown = text.equals(resolved) ? text : text + " = " + resolved;
        Duration ttl;
        try {
            ttl = DurationStyle.detectAndParse(resolved);
        } catch (IllegalArgumentException e) {
            throw declared.refused("ttl", shown, "that is not a duration. Write for example 10m or PT10M.");
        }
        if (resolved.chars().allMatch(Character::isDigit)) {
            throw declared.refused("ttl", shown, "it has no unit. Write for example " + resolved + "s.");
        }
        if (ttl.isZero() || ttl.isNegative()) {
            throw declared.refused("ttl", shown, "it must be positive. To cache nothing, leave out the annotation.");
        }
        return ttl;
    }

    private static <T> T attempt(
            DeclaredOperation declared, String attribute, String text, Function<String, T> compiling) {
        try {
            return compiling.apply(text);
        } catch (MalformedExpressionException e) {
            throw declared.refused(attribute, text, e.getMessage() + ".");
        }
    }
}
