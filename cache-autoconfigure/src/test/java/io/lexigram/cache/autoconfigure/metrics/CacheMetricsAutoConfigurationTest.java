package io.lexigram.cache.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.event.CacheEvent;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CacheMetricsAutoConfigurationTest {

    private final ApplicationContextRunner runner = Imports.runner()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues("lexigram.cache.caches.products.ttl=10m");

    @Test
    void a_configured_cache_has_the_meters_of_micrometer_with_exactly_its_tags() {
        runner.run(context -> {
            Cache<String> products = context.getBean(CacheService.class).cache("products", String.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            products.get("1", () -> "one");
            products.get("1");
            products.get("1");

            assertThat(registry.get("cache.gets")
                            .tag("cache", "products")
                            .tag("result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("cache.gets")
                            .tag("cache", "products")
                            .tag("result", "miss")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.puts")
                            .tag("cache", "products")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.evictions")
                            .tag("cache", "products")
                            .functionCounter()
                            .count())
                    .isZero();
            assertThat(registry.get("cache.size")
                            .tag("cache", "products")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            for (String name : Set.of("cache.puts", "cache.evictions", "cache.size")) {
                assertThat(tags(registry.get(name).meter())).isEqualTo(Set.of("cache", "cache.manager", "name"));
            }
            assertThat(tags(registry.get("cache.gets").tag("result", "hit").meter()))
                    .isEqualTo(Set.of("cache", "cache.manager", "name", "result"));
            assertThat(registry.get("cache.puts").meter().getId().getTag("cache.manager"))
                    .isEqualTo("lexigramCache");
        });
    }

    @Test
    void everything_else_is_under_our_own_name() {
        runner.run(context -> {
            Cache<String> products = context.getBean(CacheService.class).cache("products", String.class);
            products.get("1", () -> "one");
            try {
                products.get("2", () -> {
                    throw new IllegalStateException("no such product");
                });
            } catch (IllegalStateException expected) {
                // what is measured
            }
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(registry.get("lexigram.cache.loads")
                            .tag("result", "success")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("lexigram.cache.loads")
                            .tag("result", "failure")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("lexigram.cache.load.duration")
                            .functionTimer()
                            .count())
                    .isEqualTo(1);
            assertThat(names(registry))
                    .contains(
                            "lexigram.cache.errors",
                            "lexigram.cache.invalidations.pending",
                            "lexigram.cache.undecodable",
                            "lexigram.cache.coalesced",
                            "lexigram.cache.stale",
                            "lexigram.cache.expirations");
            for (Meter meter : registry.getMeters()) {
                assertThat(meter.getId().getName()).matches("(lexigram\\.)?cache\\..*");
            }
        });
    }

    @Test
    void a_cache_that_appears_while_the_application_runs_gets_its_meters() {
        runner.run(context -> {
            context.getBean(CacheService.class).cache("late", String.class).get("1");

            await().ignoreExceptionsInstanceOf(MeterNotFoundException.class)
                    .untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
                                    .get("cache.gets")
                                    .tag("cache", "late")
                                    .tag("result", "miss")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(1));
        });
    }

    @Test
    void a_registry_that_appears_later_gets_the_meters_of_every_cache() {
        runner.run(context -> {
            SimpleMeterRegistry second = new SimpleMeterRegistry();
            context.getBean(CacheMeters.class).bindTo(second);

            assertThat(second.find("cache.size").tag("cache", "products").gauge())
                    .isNotNull();
        });
    }

    @Test
    void namespaces_without_end_do_not_make_meters_without_end() {
        runner.withPropertyValues("lexigram.cache.limits.caches=5").run(context -> {
            CacheService cache = context.getBean(CacheService.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (int i = 0; i < 20; i++) {
                cache.get(CacheKey.of("profile").in("user:" + i), String.class);
            }
            context.getBean(CacheMeters.class).onEvent(new CacheEvent.Opened("user:19"));

            assertThat(registry.find("cache.puts").functionCounters()).hasSize(5);
        });
    }

    @Test
    void a_cache_that_was_forgotten_and_is_used_again_counts_anew() {
        runner.withPropertyValues("lexigram.cache.limits.caches=2").run(context -> {
            CacheService cache = context.getBean(CacheService.class);
            CacheMeters meters = context.getBean(CacheMeters.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (int i = 0; i < 3; i++) {
                cache.get(CacheKey.of("1").in("a"), String.class);
            }
            meters.onEvent(new CacheEvent.Opened("a"));
            assertThat(misses(registry, "a")).isEqualTo(3);
            cache.get(CacheKey.of("1").in("b"), String.class);
            assertThat(cache.cacheNames()).doesNotContain("a");

            cache.get(CacheKey.of("1").in("a"), String.class);
            meters.onEvent(new CacheEvent.Opened("a"));

            assertThat(misses(registry, "a")).isEqualTo(1);
        });
    }

    @Test
    void meters_are_off_by_either_property() {
        runner.withPropertyValues("lexigram.cache.service.enable-metrics=false")
                .run(context -> assertThat(context.getBean(MeterRegistry.class).getMeters())
                        .isEmpty());
        runner.withPropertyValues(
                        "lexigram.cache.backends.local.type=memory",
                        "lexigram.cache.backends.local.enable-metrics=false")
                .run(context -> assertThat(context.getBean(MeterRegistry.class).getMeters())
                        .isEmpty());
        runner.withPropertyValues("lexigram.cache.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(CacheMeters.class));
    }

    private static double misses(MeterRegistry registry, String cache) {
        return registry.get("cache.gets")
                .tag("cache", cache)
                .tag("result", "miss")
                .functionCounter()
                .count();
    }

    private static Set<String> tags(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
    }

    private static Set<String> names(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
