package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.OptionalLibrariesTest.OurAutoConfigurations;
import io.lexigram.cache.testing.TestJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.rubyeye.xmemcached.MemcachedClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What an application loads of the drivers on its class path, in a JVM of its own. */
class LoadedClassesTest {

    private static final List<String> DRIVERS = List.of(
            "io.lettuce.",
            "io.netty.",
            "org.springframework.data.redis.",
            "io.lexigram.cache.backend.redis.RedisBackend",
            "net.rubyeye.xmemcached.",
            "io.lexigram.cache.backend.memcached.");

    @TempDir
    private Path directory;

    @Test
    void a_cache_in_memory_loads_of_drivers_what_tells_that_they_are_there_and_nothing_else() throws Exception {
        Set<String> asked = new HashSet<>();
        Stream.of(LettuceConnectionFactory.class, RedisClient.class, MemcachedClient.class)
                .forEach(type -> addWithSupertypes(type, asked));

        assertThat(driverClassesLoadedFor("memory")).isNotEmpty().isSubsetOf(asked);
    }

    private static void addWithSupertypes(@Nullable Class<?> type, Set<String> names) {
        if (type != null) {
            names.add(type.getName());
            addWithSupertypes(type.getSuperclass(), names);
            Stream.of(type.getInterfaces()).forEach(parent -> addWithSupertypes(parent, names));
        }
    }

    @Test
    void a_backend_on_redis_is_seen_to_load_its_driver() throws Exception {
        assertThat(driverClassesLoadedFor("redis")).anyMatch(name -> name.startsWith("io.lettuce."));
    }

    private List<String> driverClassesLoadedFor(String type) throws IOException, InterruptedException {
        Path loaded = directory.resolve("loaded");
        Path output = directory.resolve("output");
        ProcessBuilder jvm = TestJvm.running(Application.class, List.of(type));
        jvm.command().add(1, "-Xlog:class+load:file=" + loaded + ":none:filecount=0");
        Process process = jvm.redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            assertThat(process.exitValue()).as(() -> text(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        try (Stream<String> lines = Files.lines(loaded)) {
            return lines.map(line -> line.substring(0, (line + " ").indexOf(' ')))
                    .filter(name -> DRIVERS.stream().anyMatch(name::startsWith))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(OurAutoConfigurations.class)
    static class Application {

        /** Uses a cache on a backend of this type, whose server need not be there. */
        public static void main(String[] arguments) {
            SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .properties(
                            "lexigram.cache.default-backend=main",
                            "lexigram.cache.backends.main.type=" + arguments[0],
                            "redis".equals(arguments[0]) ? "lexigram.cache.backends.main.host=127.0.0.1" : "no=host",
                            "lexigram.cache.backends.main.port=1");
            try (ConfigurableApplicationContext context = application.run()) {
                Cache<String> words = context.getBean(CacheService.class).cache("words", String.class);
                words.put("a", "one");
                words.get("a", () -> "two");
            }
        }
    }
}
