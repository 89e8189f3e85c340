package io.lexigram.cache.autoconfigure.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.autoconfigure.LexigramCacheLoader;
import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.service.LexigramCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The Java snippets of some pages, word for word; each runs in a test of its own. */
class BootSnippetsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path SOURCE =
            Path.of("src/test/java/io/lexigram/cache/autoconfigure/docs/BootSnippetsTest.java");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Logger log = LoggerFactory.getLogger(BootSnippetsTest.class);

    private final Alarms alarms = new Alarms();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"events", "without-spring"})
    void a_page_shows_what_is_compiled_here(String page) throws IOException {
        List<String> snippets = new ArrayList<>();
        Matcher matcher = JAVA.matcher(page(page));
        while (matcher.find()) {
            snippets.add(unspaced(matcher.group(1)));
        }

        assertThat(snippets).hasSize(2);
        assertThat(unspaced(Files.readString(SOURCE))).contains(snippets);
    }

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name + ".md"));
    }

    private static String unspaced(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void a_listener_of_the_application() {
        Imports.runner()
                .withPropertyValues("lexigram.cache.monitoring.interval=100ms", "lexigram.cache.monitoring.min-reads=1")
                .withBean(CacheWatch.class, CacheWatch::new)
                .run(context -> await().untilAsserted(() -> {
                    context.getBean(CacheService.class).cache("c", String.class).get("absent");
                    assertThat(alarms.raised).contains("c is hit by 0.0 of its reads");
                }));
    }

    @Test
    void a_listener_of_the_builder() {
        CacheService cache = LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("memory", MemoryBackend.builder().build())
                .listener(CacheEventListener.to(CacheEvent.Evicted.class, evicted -> log.info("{}", evicted)))
                .build();

        cache.cache("c", String.class).put("1", "tea");

        assertThat(cache.cache("c", String.class).delete("1")).isTrue();
        cache.close();
    }

    @Test
    void a_service_of_a_file() throws IOException {
        Matcher yaml = YAML.matcher(page("without-spring"));
        assertThat(yaml.find()).isTrue();
        Path file = Files.writeString(directory.resolve("cache.yml"), yaml.group(1));
        CacheService cache = LexigramCacheLoader.create()
                .yaml(file)
                .environment(System.getenv())
                .load();

        assertThat(cache.backends()).containsOnlyKeys("shared");
        assertThat(cache.cache("products", Product.class).policy().ttl()).isEqualTo(Duration.ofMinutes(10));
        cache.close();
    }

    @Test
    void a_service_by_hand() {
        CacheService cache = LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("local", MemoryBackend.builder().maxSize(50_000).build())
                .backend("shared", RedisBackend.at("redis://localhost:6379", "shop"))
                .backend("mc", MemcachedBackend.at(List.of("localhost:11211"), "shop"))
                .backend(
                        "both",
                        TieredBackend.builder(
                                        MemoryBackend.builder().build(),
                                        RedisBackend.at("redis://localhost:6379", "shop"))
                                .build())
                .defaultBackend("both")
                .cache(CacheSpec.of("products", Product.class)
                        .ttl(Duration.ofMinutes(10))
                        .build())
                .build();

        assertThat(cache.backends()).containsOnlyKeys("local", "shared", "mc", "both");
        assertThat(cache.cache("products", Product.class).policy().backend()).isEqualTo("both");
        cache.close();
    }

    record Product(long id) {}

    private static final class Alarms {

        private final List<String> raised = new CopyOnWriteArrayList<>();

        private void raise(String alarm) {
            raised.add(alarm);
        }
    }

    @Component
    class CacheWatch {

        @EventListener
        void on(CacheEvent.LowHitRate low) {
            alarms.raise(low.cache() + " is hit by " + low.hitRate() + " of its reads");
        }
    }
}
