package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.util.ClassUtils;

class LexigramCacheLoaderTest {

    private static final String YAML = """
            lexigram.cache:
              backends:
                local: {type: memory, max-size: 50}
                spare: {type: memory, default-ttl: 7m}
              default-backend: local
              caches:
                products: {ttl: 10m, null-ttl: 1m, tags: [shop, stock], fail-safe: {enabled: true, window: 6h}}
                "[user_sessions]": {backend: spare}
            spring.application.name: shop
            """;
    private static final String JSON = """
            {"lexigram.cache": {
            \t"backends": {"local": {"type": "memory", "max-size": 50}, "spare": {"type": "memory", "default-ttl": "7m"}},
            \t"default-backend": "local",
            \t"caches": {
            \t\t"products": {"ttl": "10m", "null-ttl": "1m", "tags": ["shop", "stock"],
            \t\t\t"fail-safe": {"enabled": true, "window": "6h"}},
            \t\t"[user_sessions]": {"backend": "spare"}}},
            "other": null}
            """;
    private static final Map<String, ?> MAP = Map.of(
            "lexigram.cache.default-backend",
            "local",
            "lexigram.cache.backends",
            Map.of(
                    "local", Map.of("type", "memory", "max-size", 50),
                    "spare", Map.of("type", "memory", "default-ttl", Duration.ofMinutes(7))),
            "lexigram.cache.caches.products.ttl",
            "10m",
            "lexigram.cache.caches.products",
            Map.of(
                    "null-ttl", "1m",
                    "tags", List.of("shop", "stock"),
                    "fail-safe", Map.of("enabled", true, "window", "6h")),
            "lexigram.cache.caches.[user_sessions].backend",
            "spare");
    private static final Map<String, String> VARIABLES = Map.of(
            "LEX_CACHE__BACKENDS__LOCAL__TYPE", "memory",
            "LEX_CACHE__BACKENDS__LOCAL__MAX_SIZE", "50",
            "LEX_CACHE__BACKENDS__SPARE__TYPE", "memory",
            "LEX_CACHE__BACKENDS__SPARE__DEFAULT_TTL", "7m",
            "LEX_CACHE__DEFAULT_BACKEND", "local",
            "LEX_CACHE__CACHES__PRODUCTS__TTL", "10m",
            "LEX_CACHE__CACHES__PRODUCTS__NULL_TTL", "1m",
            "LEX_CACHE__CACHES__PRODUCTS__TAGS", "shop,stock",
            "LEX_CACHE__CACHES__PRODUCTS__FAIL_SAFE__ENABLED", "true",
            "LEX_CACHE__CACHES__PRODUCTS__FAIL_SAFE__WINDOW", "6h");

    @TempDir
    private Path directory;

    static Stream<Arguments> sources() {
        return Stream.of(
                source("yaml", directory -> LexigramCacheLoader.fromYaml(file(directory, YAML))),
                source("json", directory -> LexigramCacheLoader.fromJson(file(directory, JSON))),
                source("map", directory -> LexigramCacheLoader.fromMap(MAP)),
                source("variables", directory -> LexigramCacheLoader.create()
                        .environment(VARIABLES)
                        .load()));
    }

    private static Arguments source(String name, Function<Path, CacheService> load) {
        return Arguments.of(name, load);
    }

    /** What a Spring application makes of the same settings is the measure. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void every_source_means_what_it_means_in_an_application(String name, Function<Path, CacheService> load) {
        try (CacheService cache = load.apply(directory)) {
            CachePolicy products = policy(cache, "products");

            Imports.runner()
                    .withPropertyValues(
                            "lexigram.cache.backends.local.type=memory",
                            "lexigram.cache.backends.spare.type=memory",
                            "lexigram.cache.default-backend=local",
                            "lexigram.cache.caches.products.ttl=10m",
                            "lexigram.cache.caches.products.null-ttl=1m",
                            "lexigram.cache.caches.products.tags=shop,stock",
                            "lexigram.cache.caches.products.fail-safe.enabled=true",
                            "lexigram.cache.caches.products.fail-safe.window=6h")
                    .run(context ->
                            assertThat(products).isEqualTo(policy(context.getBean(CacheService.class), "products")));
            assertThat(cache.backends().keySet()).containsExactlyInAnyOrder("local", "spare");
            assertThat(cache.cache("x", String.class).on("spare").policy().ttl())
                    .isEqualTo(Duration.ofMinutes(7));
            cache.cache("products", String.class).put("1", "tea");
            assertThat(cache.cache("products", String.class).get("1")).isEqualTo("tea");
        }
    }

    @Test
    void names_in_brackets_keep_their_characters() {
        try (CacheService yaml = LexigramCacheLoader.fromYaml(file(directory, YAML));
                CacheService json = LexigramCacheLoader.fromJson(file(directory, JSON));
                CacheService map = LexigramCacheLoader.fromMap(MAP)) {
            for (CacheService cache : List.of(yaml, json, map)) {
                assertThat(policy(cache, "user_sessions").backend()).isEqualTo("spare");
            }
        }
    }

    @Test
    void later_sources_count_more_and_variables_most() {
        try (CacheService cache = LexigramCacheLoader.create()
                .environment(Map.of("LEX_CACHE__CACHES__PRODUCTS__NULL_TTL", "3m", "TTL_OF_PRODUCTS", "20m"))
                .yaml(file(directory, YAML))
                .map(Map.of(
                        "lexigram.cache.caches.products.ttl", "${TTL_OF_PRODUCTS}",
                        "lexigram.cache.caches.products.null-ttl", "2m"))
                .load()) {
            assertThat(policy(cache, "products").ttl()).isEqualTo(Duration.ofMinutes(20));
            assertThat(policy(cache, "products").nullTtl()).isEqualTo(Duration.ofMinutes(3));
        }
    }

    @Test
    void without_any_source_there_is_a_cache_in_memory() {
        try (CacheService cache = LexigramCacheLoader.create().load()) {
            assertThat(cache.backends().keySet()).containsExactly("memory");
        }
    }

    @Test
    void what_would_be_a_bean_has_its_part() {
        ManualTime time = new ManualTime();
        List<CacheEvent> heard = new CopyOnWriteArrayList<>();
        CacheEventListener listener = CacheEventListener.to(CacheEvent.Miss.class, heard::add);
        LexigramCacheCustomizer shortLived = builder -> builder.maxCaches(2);
        try (CacheService cache = LexigramCacheLoader.create()
                .with("time", time.source())
                .with("listener", listener)
                .with("customizer", shortLived)
                .with("own", new FakeBackend())
                .load()) {
            assertThat(cache.backends().keySet()).containsExactly("own");
            cache.cache("users", String.class).get("1");
            await().untilAsserted(() -> assertThat(heard).containsExactly(new CacheEvent.Miss("users", "1")));
        }
    }

    @Test
    void switched_off_it_passes_through() {
        try (CacheService cache = LexigramCacheLoader.fromMap(Map.of("lexigram.cache.enabled", false))) {
            cache.cache("users", String.class).put("1", "Ada");
            assertThat(cache.cache("users", String.class).get("1")).isNull();
        }
    }

    @Test
    void the_thread_that_cleans_up_ends_with_the_service() {
        LexigramCacheLoader.fromMap(Map.of(
                        "lexigram.cache.backends.local.type", "memory",
                        "lexigram.cache.backends.local.cleanup-interval", "10ms"))
                .close();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("lexigram-cache-maintenance-")));
    }

    @Test
    void a_name_that_there_is_not_is_refused_with_the_one_that_may_be_meant() {
        assertThatThrownBy(() -> LexigramCacheLoader.fromMap(Map.of("lexigram.cache.caches.products.tll", "10m")))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessage("lexigram.cache.caches.products.tll is '***': there is no such property. Write"
                        + " lexigram.cache.caches.products.ttl instead of tll.");
    }

    @Test
    void a_value_that_cannot_be_read_is_refused_with_the_form_it_has() {
        assertThatThrownBy(() -> LexigramCacheLoader.create()
                        .environment(Map.of("LEX_CACHE__CACHES__PRODUCTS__TTL", "soon"))
                        .load())
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessage(
                        "lexigram.cache.caches.products.ttl is 'soon': it cannot be read. Write a number with a unit,"
                                + " such as 250ms, 10s, 5m, 1h or 1d.");
    }

    @Test
    void what_cannot_be_meant_is_refused_as_at_start_up() {
        assertThatThrownBy(
                        () -> LexigramCacheLoader.fromMap(Map.of("lexigram.cache.caches.products.backend", "shared")))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessage("lexigram.cache.caches.products.backend is 'shared': there is no such backend. Use one of"
                        + " memory.");
    }

    @Test
    void production_is_as_strict_as_in_an_application() {
        assertThatThrownBy(() -> LexigramCacheLoader.create()
                        .map(Map.of(
                                "lexigram.cache.backends.shared.type", "redis",
                                "lexigram.cache.backends.shared.url", "redis://localhost:1",
                                "lexigram.cache.backends.shared.password", "changeme"))
                        .environment(Map.of("LEX_ENV", "production"))
                        .load())
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("lexigram.cache.backends.shared.password is '***'");
    }

    @Test
    void a_driver_that_is_missing_is_named() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread()
                    .setContextClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce"));
            assertThat(ClassUtils.isPresent("io.lettuce.core.RedisClient", ClassUtils.getDefaultClassLoader()))
                    .isFalse();
            assertThatThrownBy(() -> LexigramCacheLoader.fromMap(Map.of(
                            "lexigram.cache.backends.shared.type", "redis",
                            "lexigram.cache.backends.shared.url", "redis://localhost:1")))
                    .hasMessageContaining("spring-boot-starter-data-redis");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void files_that_are_missing_or_broken_are_named() {
        Path missing = directory.resolve("missing.yml");
        assertThatThrownBy(() -> LexigramCacheLoader.fromYaml(missing))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> LexigramCacheLoader.fromYaml(file(directory, "a: [")))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> LexigramCacheLoader.fromJson(file(directory, "a: 1")))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("cannot be read");
    }

    private static CachePolicy policy(CacheService cache, String name) {
        return cache.cache(name, String.class).policy();
    }

    private static Path file(Path directory, String text) {
        try {
            return Files.writeString(Files.createTempFile(directory, "cache", ""), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
