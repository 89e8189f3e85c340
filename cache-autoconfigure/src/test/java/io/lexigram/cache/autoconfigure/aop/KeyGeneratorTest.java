package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.spi.KeyGenerator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class KeyGeneratorTest {

    @Test
    void the_one_that_is_named_makes_the_key() {
        try (CachingContext context = CachingContext.of(Two.class, Products.class)) {
            context.bean(Products.class).named(1);

            assertThat(context.cache("named").exists("named 1")).isTrue();
        }
    }

    @Test
    void the_only_one_makes_keys_where_nothing_else_is_said() {
        try (CachingContext context = CachingContext.of(One.class, Unnamed.class)) {
            context.bean(Unnamed.class).find(1);

            assertThat(context.cache("plain").exists("find 1")).isTrue();
        }
    }

    @Test
    void of_several_none_is_used_where_none_is_named() {
        try (CachingContext context = CachingContext.of(Two.class, Unnamed.class)) {
            context.bean(Unnamed.class).find(1);

            assertThat(context.cache("plain").keys("*"))
                    .singleElement()
                    .asString()
                    .startsWith("find-");
        }
    }

    @Test
    void an_expression_goes_before_the_only_one() {
        try (CachingContext context = CachingContext.of(One.class, Unnamed.class)) {
            context.bean(Unnamed.class).keyed(1);

            assertThat(context.cache("plain").exists("1")).isTrue();
        }
    }

    @Test
    void it_makes_the_key_of_what_is_invalidated_as_well() {
        try (CachingContext context = CachingContext.of(Two.class, Products.class)) {
            context.bean(Products.class).named(1);
            context.bean(Products.class).delete(1);

            assertThat(context.cache("named").exists("named 1")).isFalse();
        }
    }

    @Test
    void a_call_it_refuses_runs_uncached() {
        try (CachingContext context = CachingContext.of(Two.class, Products.class)) {
            assertThat(context.bean(Products.class).refused(1)).isEqualTo("run 1");
            assertThat(context.bean(Products.class).refused(1)).isEqualTo("run 2");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class One {

        @Bean
        static KeyGenerator only() {
            return (target, method, args) -> method.getName() + " " + args[0];
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Two {

        @Bean
        static KeyGenerator naming() {
            return (target, method, args) -> "named " + args[0];
        }

        @Bean
        static KeyGenerator refusing() {
            return (target, method, args) -> {
                throw new CacheKeyException("This call has no key");
            };
        }
    }

    static class Unnamed {

        @Cached(cache = "plain")
        public String find(long id) {
            return "found";
        }

        @Cached(cache = "plain", key = "#id")
        public String keyed(long id) {
            return "found";
        }
    }

    static class Products {

        private final AtomicInteger runs = new AtomicInteger();

        @Cached(cache = "named", keyGenerator = "naming")
        public String named(long id) {
            return "found";
        }

        @CacheInvalidate(cache = "named", keyGenerator = "naming")
        public void delete(long id) {}

        @Cached(cache = "refused", keyGenerator = "refusing")
        public String refused(long id) {
            return "run " + runs.incrementAndGet();
        }
    }
}
