package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.AgeTtl;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheLoader;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.ProtectionStrategy;
import io.lexigram.cache.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class LexigramCacheAutoConfigurationTest {

    private final ApplicationContextRunner runner = Imports.runner();

    @Test
    void without_configuration_there_is_a_cache_on_one_backend_in_memory() {
        runner.run(context -> {
            CacheService cache = context.getBean(CacheService.class);
            cache.put(CacheKey.of("1").in("users"), "Ada");

            assertThat(cache.get(CacheKey.of("1").in("users"), String.class)).isEqualTo("Ada");
            assertThat(cache.backends()).containsOnlyKeys("memory");
            assertThat(cache.backends().get("memory").type()).isEqualTo("memory");
            assertThat(cache.backends().get("memory").isDefault()).isTrue();
        });
    }

    @Test
    void a_cache_service_of_the_application_replaces_ours() {
        runner.withUserConfiguration(OwnService.class).run(context -> {
            assertThat(context).hasSingleBean(CacheService.class);
            assertThat(context.getBean(CacheService.class).backends()).containsOnlyKeys("own");
        });
    }

    @Test
    void an_application_with_several_cache_services_starts_and_looks_after_them_itself() {
        runner.withUserConfiguration(OwnService.class, SecondService.class)
                .withPropertyValues("management.endpoints.web.exposure.include=cache")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(BackendHealthChecks.class)
                        .doesNotHaveBean("lexigramCacheEndpoint")
                        .doesNotHaveBean("lexigramCacheHealthContributor"));
    }

    @Test
    void off_by_property_the_cache_is_there_and_runs_every_load() {
        runner.withPropertyValues("lexigram.cache.enabled=false").run(context -> {
            Cache<Integer> numbers = context.getBean(CacheService.class).cache("numbers", Integer.class);
            AtomicInteger loads = new AtomicInteger();

            assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(1);
            assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(2);
        });
    }

    @Test
    void off_by_property_configured_backends_are_not_opened() {
        runner.withPropertyValues("lexigram.cache.enabled=false", "lexigram.cache.backends.shared.type=no-such-type")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void several_backends_are_opened_by_name_and_one_of_them_is_the_default() {
        runner.withPropertyValues(
                        "lexigram.cache.backends.small.type=memory",
                        "lexigram.cache.backends.small.max-size=1",
                        "lexigram.cache.backends.large.type=memory",
                        "lexigram.cache.backends.large.default=true",
                        "lexigram.cache.backends.unused.type=memory",
                        "lexigram.cache.backends.unused.enabled=false",
                        "lexigram.cache.caches.tiny.backend=small")
                .run(context -> {
                    CacheService cache = context.getBean(CacheService.class);

                    assertThat(cache.backends()).containsOnlyKeys("small", "large");
                    assertThat(cache.cache("tiny", String.class).policy().backend())
                            .isEqualTo("small");
                    assertThat(cache.cache("other", String.class).policy().backend())
                            .isEqualTo("large");
                });
    }

    @Test
    void the_default_backend_can_be_named() {
        runner.withPropertyValues(
                        "lexigram.cache.default-backend=b",
                        "lexigram.cache.backends.a.type=memory",
                        "lexigram.cache.backends.b.type=memory")
                .run(context -> assertThat(context.getBean(CacheService.class)
                                .cache("x", String.class)
                                .policy()
                                .backend())
                        .isEqualTo("b"));
    }

    @Test
    void every_property_of_a_cache_reaches_its_policy() {
        runner.withPropertyValues(
                        "lexigram.cache.backends.local.type=memory",
                        "lexigram.cache.caches.products.backend=local",
                        "lexigram.cache.caches.products.ttl=10m",
                        "lexigram.cache.caches.products.null-ttl=1m",
                        "lexigram.cache.caches.products.cache-nulls=false",
                        "lexigram.cache.caches.products.jitter=0.25",
                        "lexigram.cache.caches.products.max-entries=1000",
                        "lexigram.cache.caches.products.tags=catalog,shop",
                        "lexigram.cache.caches.products.codec=json",
                        "lexigram.cache.caches.products.schema-version=2",
                        "lexigram.cache.caches.products.fail-open=false",
                        "lexigram.cache.caches.products.access-tracking=true",
                        "lexigram.cache.caches.products.sensitive=true",
                        "lexigram.cache.caches.products.sliding=true",
                        "lexigram.cache.caches.products.pointer-ttl=90s",
                        "lexigram.cache.caches.products.age-ttl.enabled=true",
                        "lexigram.cache.caches.products.age-ttl.alpha=0.2",
                        "lexigram.cache.caches.products.age-ttl.min=1s",
                        "lexigram.cache.caches.products.age-ttl.max=2h",
                        "lexigram.cache.caches.products.fail-safe.enabled=true",
                        "lexigram.cache.caches.products.fail-safe.window=3h",
                        "lexigram.cache.caches.products.fail-safe.throttle=5s",
                        "lexigram.cache.caches.products.load-timeout.soft=100ms",
                        "lexigram.cache.caches.products.load-timeout.hard=2s",
                        "lexigram.cache.caches.products.refresh-ahead.enabled=true",
                        "lexigram.cache.caches.products.refresh-ahead.beta=2.5")
                .run(context -> assertThat(policy(context.getBean(CacheService.class), "products"))
                        .isEqualTo(new CachePolicy(
                                "local",
                                Duration.ofMinutes(10),
                                false,
                                Duration.ofMinutes(1),
                                0.25,
                                1000L,
                                Set.of("catalog", "shop"),
                                "json",
                                "2",
                                false,
                                true,
                                true,
                                true,
                                Duration.ofSeconds(90),
                                new AgeTtl(0.2, Duration.ofSeconds(1), Duration.ofHours(2)),
                                new FailSafe(Duration.ofHours(3), Duration.ofSeconds(5)),
                                new LoadTimeout(Duration.ofMillis(100), Duration.ofSeconds(2)),
                                new RefreshAhead(2.5))));
    }

    @Test
    void features_that_are_enabled_without_parameters_run_with_their_defaults() {
        runner.withPropertyValues(
                        "lexigram.cache.caches.products.age-ttl.enabled=true",
                        "lexigram.cache.caches.products.fail-safe.enabled=true",
                        "lexigram.cache.caches.products.refresh-ahead.enabled=true")
                .run(context -> assertThat(policy(context.getBean(CacheService.class), "products"))
                        .extracting(CachePolicy::ageTtl, CachePolicy::failSafe, CachePolicy::refreshAhead)
                        .containsExactly(AgeTtl.DEFAULT, FailSafe.DEFAULT, RefreshAhead.DEFAULT));
    }

    @Test
    void parameters_of_a_feature_do_not_enable_it() {
        runner.withPropertyValues(
                        "lexigram.cache.caches.products.age-ttl.alpha=0.2",
                        "lexigram.cache.caches.products.fail-safe.window=1h",
                        "lexigram.cache.caches.products.refresh-ahead.beta=2")
                .run(context -> assertThat(policy(context.getBean(CacheService.class), "products"))
                        .extracting(CachePolicy::ageTtl, CachePolicy::failSafe, CachePolicy::refreshAhead)
                        .containsOnlyNulls());
    }

    @Test
    void configuration_switches_off_what_the_code_switches_on() {
        runner.withPropertyValues(
                        "lexigram.cache.caches.products.sliding=false",
                        "lexigram.cache.caches.products.fail-safe.enabled=false")
                .run(context -> {
                    CacheSpec<String> spec = CacheSpec.of("products", String.class)
                            .sliding(true)
                            .failSafe(FailSafe.DEFAULT)
                            .refreshAhead(RefreshAhead.DEFAULT)
                            .build();
                    CachePolicy policy =
                            context.getBean(CacheService.class).cache(spec).policy();

                    assertThat(policy.sliding()).isFalse();
                    assertThat(policy.failSafe()).isNull();
                    assertThat(policy.refreshAhead()).isEqualTo(RefreshAhead.DEFAULT);
                });
    }

    @Test
    void a_backend_in_memory_copies_values_where_it_is_told_to() {
        runner.withPropertyValues(
                        "lexigram.cache.backends.shared.type=memory",
                        "lexigram.cache.backends.own.type=memory",
                        "lexigram.cache.backends.own.copy=on-write",
                        "lexigram.cache.default-backend=shared")
                .run(context -> {
                    CacheService cache = context.getBean(CacheService.class);
                    byte[] value = {1};
                    cache.put(CacheKey.of("k"), value);
                    cache.on("own").put(CacheKey.of("k"), value);

                    assertThat(cache.get(CacheKey.of("k"), byte[].class)).isSameAs(value);
                    assertThat(cache.on("own").get(CacheKey.of("k"), byte[].class))
                            .isNotSameAs(value)
                            .isEqualTo(value);
                });
    }

    @Test
    void configuration_goes_before_the_spec_in_the_code() {
        runner.withPropertyValues("lexigram.cache.caches.products.ttl=10m").run(context -> {
            CacheSpec<String> spec = CacheSpec.of("products", String.class)
                    .ttl(Duration.ofSeconds(1))
                    .jitter(0)
                    .build();
            CachePolicy policy = context.getBean(CacheService.class).cache(spec).policy();

            assertThat(policy.ttl()).isEqualTo(Duration.ofMinutes(10));
            assertThat(policy.jitter()).isZero();
        });
    }

    @Test
    void an_eternal_cache_and_the_lifetime_of_a_backend_are_understood() {
        runner.withPropertyValues(
                        "lexigram.cache.backends.local.type=memory",
                        "lexigram.cache.backends.local.default-ttl=90s",
                        "lexigram.cache.caches.countries.eternal=true")
                .run(context -> {
                    CacheService cache = context.getBean(CacheService.class);
                    assertThat(policy(cache, "countries").ttl()).isNull();
                    assertThat(policy(cache, "others").ttl()).isEqualTo(Duration.ofSeconds(90));
                });
    }

    @Test
    void a_cache_may_have_a_name_with_characters_that_property_names_lack() {
        runner.withPropertyValues("lexigram.cache.caches[My_Cache.A].ttl=7s")
                .run(context -> assertThat(policy(context.getBean(CacheService.class), "My_Cache.A")
                                .ttl())
                        .isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void a_configured_cache_is_known_before_its_first_use() {
        runner.withPropertyValues("lexigram.cache.caches.products.ttl=10m")
                .run(context -> assertThat(context.getBean(CacheService.class).cacheNames())
                        .containsExactly("products"));
    }

    @Test
    void a_clock_of_the_application_tells_the_time_of_entries() {
        Instant then = Instant.parse("2001-02-03T04:05:06Z");
        runner.withBean(Clock.class, () -> Clock.fixed(then, ZoneOffset.UTC)).run(context -> {
            Cache<String> users = context.getBean(CacheService.class).cache("users", String.class);
            users.put("1", "Ada");
            assertThat(users.getEntry("1").orElseThrow().createdAt()).isEqualTo(then);
        });
    }

    @Test
    void a_time_source_of_the_application_goes_before_its_clock() {
        Instant then = Instant.parse("2001-02-03T04:05:06Z");
        runner.withBean(Clock.class, Clock::systemUTC)
                .withBean(TimeSource.class, () -> new TimeSource(Clock.fixed(then, ZoneOffset.UTC), System::nanoTime))
                .run(context -> {
                    Cache<String> users = context.getBean(CacheService.class).cache("users", String.class);
                    users.put("1", "Ada");
                    assertThat(users.getEntry("1").orElseThrow().createdAt()).isEqualTo(then);
                });
    }

    @Test
    void a_customizer_has_the_last_word() {
        runner.withPropertyValues("lexigram.cache.caches.products.ttl=10m")
                .withBean(
                        LexigramCacheCustomizer.class,
                        () -> builder -> builder.cache(CacheSpec.of("products", Object.class)
                                .ttl(Duration.ofHours(1))
                                .build()))
                .run(context -> assertThat(policy(context.getBean(CacheService.class), "products")
                                .ttl())
                        .isEqualTo(Duration.ofHours(1)));
    }

    @Test
    void the_service_is_closed_with_the_context() {
        runner.withUserConfiguration(BackendBean.class).run(context -> {
            FakeBackend backend = context.getBean(FakeBackend.class);
            context.close();
            assertThat(backend.isClosed()).isTrue();
        });
    }

    @Test
    void a_backend_that_is_a_bean_goes_by_the_name_of_the_bean() {
        runner.withUserConfiguration(BackendBean.class).run(context -> {
            CacheService cache = context.getBean(CacheService.class);
            assertThat(cache.backends()).containsOnlyKeys("acme");
            assertThat(cache.unwrap(FakeBackend.class)).isSameAs(context.getBean(FakeBackend.class));
        });
    }

    @Test
    void a_backend_that_is_a_bean_takes_the_place_of_the_one_configured_under_its_name() {
        runner.withUserConfiguration(BackendBean.class)
                .withPropertyValues(
                        "lexigram.cache.backends.acme.default-ttl=7s",
                        "lexigram.cache.backends.local.type=memory",
                        "lexigram.cache.default-backend=acme")
                .run(context -> {
                    CacheService cache = context.getBean(CacheService.class);
                    assertThat(cache.backends()).containsOnlyKeys("acme", "local");
                    assertThat(cache.backends().get("acme").type()).isEqualTo("fake");
                    assertThat(policy(cache, "x").ttl()).isEqualTo(Duration.ofSeconds(7));
                });
    }

    @Test
    void a_factory_that_is_a_bean_adds_a_type_and_is_given_the_properties() {
        runner.withUserConfiguration(FactoryBean.class)
                .withPropertyValues(
                        "spring.application.name=shop",
                        "lexigram.cache.backends.own.type=acme",
                        "lexigram.cache.backends.own.options.region=north",
                        "lexigram.cache.limits.tags=7")
                .run(context -> {
                    assertThat(context.getBean(CacheService.class).backends()).containsOnlyKeys("own");
                    BackendContext given = context.getBean(FactoryBean.class).given;
                    assertThat(given.name()).isEqualTo("own");
                    assertThat(given.properties().options()).containsEntry("region", "north");
                    assertThat(given.keyPrefix()).isEqualTo("shop");
                    assertThat(given.maxTags()).isEqualTo(7);
                });
    }

    @Test
    void a_key_prefix_of_the_backend_goes_before_the_one_of_the_cache_and_that_before_the_name_of_the_application() {
        runner.withUserConfiguration(FactoryBean.class)
                .withPropertyValues("spring.application.name=shop", "lexigram.cache.backends.own.type=acme")
                .withPropertyValues("lexigram.cache.key-prefix=all")
                .run(context -> assertThat(
                                context.getBean(FactoryBean.class).given.keyPrefix())
                        .isEqualTo("all"));
        runner.withUserConfiguration(FactoryBean.class)
                .withPropertyValues("lexigram.cache.key-prefix=all", "lexigram.cache.backends.own.type=acme")
                .withPropertyValues("lexigram.cache.backends.own.key-prefix=")
                .run(context -> assertThat(
                                context.getBean(FactoryBean.class).given.keyPrefix())
                        .isEmpty());
        runner.withUserConfiguration(FactoryBean.class)
                .withPropertyValues("lexigram.cache.backends.own.type=acme")
                .run(context -> assertThat(
                                context.getBean(FactoryBean.class).given.keyPrefix())
                        .isEqualTo("lexigram"));
    }

    @Test
    void a_codec_that_is_a_bean_can_be_named_by_caches() {
        runner.withBean(UpperCaseCodec.class)
                .withPropertyValues(
                        "lexigram.cache.caches.shouts.codec=upper-case",
                        "lexigram.cache.service.default-serializer=upper-case")
                .run(context -> {
                    CacheService cache = context.getBean(CacheService.class);
                    assertThat(policy(cache, "shouts").codec()).isEqualTo("upper-case");
                    assertThat(policy(cache, "others").codec()).isEqualTo("upper-case");
                });
    }

    @Test
    void a_protection_strategy_that_is_a_bean_runs_around_every_load() {
        runner.withBean(CountingStrategy.class).run(context -> {
            context.getBean(CacheService.class).cache("users", String.class).get("1", () -> "Ada");
            assertThat(context.getBean(CountingStrategy.class).loads).hasValue(1);
        });
    }

    @Test
    void a_listener_that_is_a_bean_hears_what_happens() {
        runner.withBean(RecordingListener.class).run(context -> {
            context.getBean(CacheService.class).cache("users", String.class).get("1");
            await().untilAsserted(() -> assertThat(context.getBean(RecordingListener.class).events)
                    .contains(new CacheEvent.Miss("users", "1")));
        });
    }

    private static CachePolicy policy(CacheService cache, String name) {
        return cache.cache(name, Object.class).policy();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnService {

        @Bean
        CacheService ownService() {
            return LexigramCache.builder()
                    .codec(new JsonCodec())
                    .backend("own", MemoryBackend.builder().build())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondService {

        @Bean
        CacheService secondService() {
            return LexigramCache.disabled();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BackendBean {

        @Bean
        FakeBackend acme() {
            return new FakeBackend();
        }
    }

    @Configuration
    static class FactoryBean {

        @Nullable
        BackendContext given;

        @Bean
        CacheBackendFactory acmeFactory() {
            return new CacheBackendFactory() {
                @Override
                public String type() {
                    return "acme";
                }

                @Override
                public CacheBackend create(BackendContext context) {
                    given = context;
                    return new FakeBackend();
                }
            };
        }
    }

    static class UpperCaseCodec implements Codec {

        @Override
        public String name() {
            return "upper-case";
        }

        @Override
        public byte[] encode(Object value, TypeRef<?> type) {
            return value.toString().toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) {
            return new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
    }

    static class CountingStrategy implements ProtectionStrategy {

        final AtomicInteger loads = new AtomicInteger();

        @Override
        public <V, X extends Throwable> @Nullable V load(CacheKey key, CacheLoader<V, X> load) throws X {
            loads.incrementAndGet();
            return load.load();
        }
    }

    static class RecordingListener implements CacheEventListener {

        final List<CacheEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(CacheEvent event) {
            events.add(event);
        }
    }
}
