package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheKeyException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code #argument.property.property}, read without SpEL wherever all properties have getters. */
final class PropertyPath implements CallExpression {

    private final CallExpression head;
    private final PropertyStep[] steps;
    private final SpelCallExpression spel;

    PropertyPath(CallExpression head, List<PropertyStep> steps, SpelCallExpression spel) {
        this.head = head;
        this.steps = steps.toArray(PropertyStep[]::new);
        this.spel = spel;
    }

    @Override
    public @Nullable Object evaluate(Call call) {
        Object value = head.evaluate(call);
        for (PropertyStep step : steps) {
            if (value == null) {
                throw new CacheKeyException("Not the last part of " + spel.text() + " is null");
            }
            MethodHandle getter = step.readerFor(value.getClass()).getter();
            if (getter == null) {
                return spel.evaluate(call);
            }
            value = read(getter, value);
        }
        return value;
    }

    private static @Nullable Object read(MethodHandle getter, Object target) {
        try {
            return (Object) getter.invokeExact(target);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }
}
