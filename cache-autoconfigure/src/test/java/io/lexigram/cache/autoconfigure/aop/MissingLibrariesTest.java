package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.annotation.RequestCached;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.ClassUtils;

/** Other than with a filtered class loader, no class at all can reach what is missing here. */
class MissingLibrariesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"reactor-", "reactive-streams", "spring-tx", "spring-web", "aspectjweaver", "jakarta.servlet", ""
            })
    void the_annotations_work_without(String jars) throws Exception {
        try (URLClassLoader loader = loaderWithout(jars)) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(loader);
            try {
                Callable<?> application = (Callable<?>) loader.loadClass(Application.class.getName())
                        .getDeclaredConstructor()
                        .newInstance();
                assertThat(application.call()).isEqualTo("found 1, later 2, per request 3 4, saved");
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reactor.core.publisher.Mono",
                "org.springframework.transaction.support.TransactionSynchronization"
            })
    void what_is_left_out_is_really_missing(String type) throws Exception {
        try (URLClassLoader loader = loaderWithout("reactor-", "spring-tx")) {
            assertThat(ClassUtils.isPresent(type, loader)).isFalse();
        }
    }

    private static URLClassLoader loaderWithout(String... jars) {
        URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Arrays.stream(jars)
                        .noneMatch(jar -> !jar.isEmpty()
                                && Path.of(entry).getFileName().toString().startsWith(jar)))
                .map(MissingLibrariesTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    /** An application that uses what needs none of them. */
    public static class Application implements Callable<String> {

        @Override
        public String call() {
            try (CachingContext context = CachingContext.of(Products.class)) {
                Products products = context.bean(Products.class);
                products.find(1);
                products.later(1).join();
                String answers = products.find(1) + ", " + products.later(1).join() + ", per request "
                        + products.perRequest() + " " + products.perRequest();
                products.save(1);
                return answers + ", " + products.find(1);
            }
        }
    }

    public static class Products {

        private final AtomicInteger runs = new AtomicInteger();

        @Cached(cache = "products", key = "#id")
        public String find(long id) {
            return "found " + runs.incrementAndGet();
        }

        @Cached(cache = "later", key = "#id")
        public CompletableFuture<String> later(long id) {
            return CompletableFuture.completedFuture("later " + runs.incrementAndGet());
        }

        @RequestCached
        public int perRequest() {
            return runs.incrementAndGet();
        }

        @CacheUpdate(cache = "products", key = "#id")
        public String save(long id) {
            return "saved";
        }
    }
}
