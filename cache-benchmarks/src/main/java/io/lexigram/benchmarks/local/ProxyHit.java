package io.lexigram.benchmarks.local;

import com.github.benmanes.caffeine.cache.Cache;
import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.aop.framework.ProxyFactory;

/** A proxied bean whose interceptor does nothing: no annotation can cost less. */
@State(Scope.Benchmark)
public class ProxyHit {

    private final Constant constant = proxied(new Constant());
    private final Reading reading = proxied(new Reading());

    @Benchmark
    public Product noop(Keys keys) {
        return constant.find(keys.next());
    }

    /** The same, and the method reads raw Caffeine. */
    @Benchmark
    public Product noopAndCaffeine(Keys keys) {
        return Hit.required(reading.find(keys.next()));
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxied(T target) {
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(true);
        factory.addAdvice(new Proceeding());
        return (T) factory.getProxy();
    }

    private static final class Proceeding implements MethodInterceptor {
        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            return invocation.proceed();
        }
    }

    /** A bean that answers the same whatever it is asked. */
    public static class Constant {
        private final Product product = Product.of("1");

        public Product find(String id) {
            return product;
        }
    }

    /** A bean that reads Caffeine. */
    public static class Reading {
        private final Cache<String, Product> cache = Filled.caffeine();

        public @Nullable Product find(String id) {
            return cache.getIfPresent(id);
        }
    }
}
