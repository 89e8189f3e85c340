package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.spi.KeyGenerator;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What makes the key of a call. */
@FunctionalInterface
interface KeyExpression {

    /** @throws RuntimeException when this call has no key */
    String keyOf(Call call);

    /** The value of the annotation's expression. */
    static KeyExpression ofValue(CallExpression expression) {
        return expression instanceof ArgumentExpression argument
                ? new ArgumentKey(argument.index())
                : call -> KeyText.of(expression.evaluate(call));
    }

    /** What a generator makes, which is looked up at the first call; without one the key of the whole call. */
    static KeyExpression generated(Supplier<@Nullable KeyGenerator> generators) {
        return call -> {
            KeyGenerator generator = generators.get();
            if (generator == null) {
                return ofWholeCall(call);
            }
            String key = generator.generate(call.getTarget(), call.getMethod(), call.getArgs());
            if (key == null) {
                throw new CacheKeyException("The key generator " + generator + " returned null");
            }
            return key;
        };
    }

    /**
     * The method with all arguments. A method inherited from another type counts once per class of beans: two services that
     * extend one base must not read each other's entries.
     */
    private static String ofWholeCall(Call call) {
        @Nullable Object[] args = call.getArgs();
        if (call.getMethod().getDeclaringClass() != call.getTargetClass()) {
            args = Arrays.copyOf(args, args.length + 1, Object[].class);
            args[args.length - 1] = call.getTargetClass();
        }
        return CacheKey.ofCall(call.getMethod(), args).key();
    }
}
