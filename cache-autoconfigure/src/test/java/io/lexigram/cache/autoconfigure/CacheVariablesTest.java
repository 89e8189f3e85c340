package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.backend.MemoryBackendAutoConfiguration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Environment variables of applications that Spring Boot starts. */
class CacheVariablesTest {

    private static final String SHARED = "lexigram.cache.backends.shared.";

    private final Map<String, Object> variables = new LinkedHashMap<>();

    @Test
    void two_underscores_begin_a_nested_name_and_one_is_a_dash() {
        variables.put("LEX_CACHE__BACKENDS__SHARED__URL", "redis://localhost:1");
        variables.put("LEX_CACHE__BACKENDS__SHARED__DEFAULT_TTL", "90s");
        variables.put("LEX_CACHE__BACKENDS__MY_OTHER__CLUSTER__NODES__0", "a:1");
        variables.put("LEX_CACHE__BACKENDS__MY_OTHER__CLUSTER__NODES__1", "b:2");
        variables.put("LEX_CACHE__CACHES__PRODUCTS__FAIL_SAFE__ENABLED", "true");

        LexigramCacheProperties properties = bound();

        BackendProperties shared = properties.backends().get("shared");
        assertThat(shared.url()).isEqualTo("redis://localhost:1");
        assertThat(shared.defaultTtl()).isEqualTo(Duration.ofSeconds(90));
        assertThat(properties.backends().get("my-other").cluster().nodes()).containsExactly("a:1", "b:2");
        assertThat(properties.caches().get("products").failSafe().enabled()).isTrue();
    }

    @Test
    void letter_case_does_not_matter() {
        variables.put("lex_cache__backends__shared__max_size", "1");
        variables.put("Lex_Cache__Backends__Shared__Key_Prefix", "shop");

        BackendProperties shared = bound().backends().get("shared");

        assertThat(shared.maxSize()).isEqualTo(1);
        assertThat(shared.keyPrefix()).isEqualTo("shop");
    }

    @Test
    void names_that_are_configured_elsewhere_are_met_as_they_are_written_there() {
        variables.put("LEX_CACHE__CACHES__MY_CACHE__TTL", "1s");
        variables.put("LEX_CACHE__CACHES__USER_SESSIONS__TTL", "2s");
        variables.put("LEX_CACHE__CACHES__MYPRODUCTS__TTL", "3s");

        LexigramCacheProperties properties = bound(
                "lexigram.cache.caches.my-cache.jitter=0",
                "lexigram.cache.caches[User_Sessions].jitter=0",
                "lexigram.cache.caches.myProducts.jitter=0");

        assertThat(properties.caches()).containsOnlyKeys("my-cache", "User_Sessions", "myProducts");
        assertThat(properties.caches().values())
                .allSatisfy(cache -> assertThat(cache.jitter()).isZero())
                .extracting(NamedCacheProperties::ttl)
                .containsExactlyInAnyOrder(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void of_two_names_that_differ_in_the_dash_only_the_one_with_the_underscore_is_meant() {
        variables.put("LEX_CACHE__CACHES__MY_CACHE__TTL", "1s");

        LexigramCacheProperties properties =
                bound("lexigram.cache.caches.my-cache.ttl=5s", "lexigram.cache.caches[my_cache].ttl=6s");

        assertThat(properties.caches().get("my-cache").ttl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.caches().get("my_cache").ttl()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void they_count_more_than_files_and_less_than_the_variables_of_spring() {
        variables.put("LEX_CACHE__BACKENDS__SHARED__MAX_SIZE", "2");
        variables.put("LEX_CACHE__BACKENDS__SHARED__KEY_PREFIX", "ours");
        variables.put("LEXIGRAM_CACHE_BACKENDS_SHARED_KEYPREFIX", "springs");

        BackendProperties shared = bound(SHARED + "max-size=1", SHARED + "key-prefix=file")
                .backends()
                .get("shared");

        assertThat(shared.maxSize()).isEqualTo(2);
        assertThat(shared.keyPrefix()).isEqualTo("springs");
    }

    @Test
    void an_application_has_the_cache_that_they_describe() {
        variables.put("LEX_CACHE__BACKENDS__SMALL__TYPE", "memory");
        variables.put("LEX_CACHE__CACHES__PRODUCTS__BACKEND", "small");
        variables.put("LEX_CACHE__ENVIRONMENT", "production");

        run(context -> assertThat(context.getBean(CacheService.class)
                        .cache("products", String.class)
                        .policy()
                        .backend())
                .isEqualTo("small"));
    }

    @Test
    void a_misspelt_one_is_an_error_that_names_the_variable() {
        variables.put("LEX_CACHE__BACKENDS__SHARED__TYPE", "memory");
        variables.put("LEX_CACHE__BACKENDS__SHARED__MAX_SISE", "2");

        assertThatThrownBy(() -> run(context -> {}))
                .rootCause()
                .isInstanceOfSatisfying(UnboundConfigurationPropertiesException.class, unbound -> assertThat(
                                unbound.getUnboundProperties())
                        .singleElement()
                        .extracting(ConfigurationProperty::getOrigin)
                        .hasToString("System Environment Property \"LEX_CACHE__BACKENDS__SHARED__MAX_SISE\""));
    }

    @Test
    void one_with_an_empty_part_is_refused_and_others_are_not_looked_at() {
        variables.put("LEX_CACHE_BACKENDS", "no matter");
        variables.put("LEX_CACHED__X", "no matter");
        assertThat(bound().backends()).isEmpty();

        variables.put("LEX_CACHE__BACKENDS____URL", "redis://ada:secret@localhost");
        assertThatThrownBy(this::bound)
                .hasStackTraceContaining("LEX_CACHE__BACKENDS____URL")
                .message()
                .doesNotContain("secret");
    }

    private LexigramCacheProperties bound(String... properties) {
        StandardEnvironment environment = environment();
        new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .environment(environment)
                .properties(properties)
                .run()
                .close();
        return Binder.get(environment).bindOrCreate(LexigramCacheProperties.PREFIX, LexigramCacheProperties.class);
    }

    private void run(Consumer<ConfigurableApplicationContext> test) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .environment(environment())
                .run()) {
            test.accept(context);
        }
    }

    private StandardEnvironment environment() {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        return environment;
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({MemoryBackendAutoConfiguration.class, LexigramCacheAutoConfiguration.class})
    static class Application {}
}
