package io.lexigram.cache.autoconfigure.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.LookupInfo;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.WithRedis;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@WithRedis
class TieredBackendIT {

    private static final String BACKENDS = "lexigram.cache.backends.";

    private final ApplicationContextRunner runner = Imports.runner()
            .withPropertyValues(
                    BACKENDS + "local.type=memory",
                    BACKENDS + "local.max-size=100",
                    BACKENDS + "shared.type=redis",
                    BACKENDS + "both.type=tiered",
                    BACKENDS + "both.l1=local",
                    BACKENDS + "both.l2=shared",
                    BACKENDS + "both.heartbeat=200ms",
                    "lexigram.cache.default-backend=both",
                    "lexigram.cache.key-prefix=tiered-" + UUID.randomUUID());

    @Test
    void a_copy_answers_for_the_entry_until_another_node_changes_or_invalidates_it(RedisServer redis) {
        onTwoNodes(redis.getUri(), (one, other) -> {
            Cache<String> here = one.cache("words", String.class);
            Cache<String> there = other.cache("words", String.class);
            here.put("a", "first");
            awaitCopy(there, "a", "first");

            here.put("a", "second");
            await().until(() -> "second".equals(there.get("a")));
            awaitCopy(there, "a", "second");
            here.delete("a");
            await().until(() -> there.get("a") == null);
        });
    }

    @Test
    void what_the_nodes_tell_each_other_is_measured(RedisServer redis) {
        runner.withConfiguration(AutoConfigurations.of(CacheMetricsAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(BACKENDS + "shared.url=" + redis.getUri())
                .run(context -> {
                    SimpleMeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
                    context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(registry));
                    CacheService service = context.getBean(CacheService.class);
                    await().until(service::ping);
                    service.cache("words", String.class).put("a", "first");

                    await().until(() -> registry.get("lexigram.cache.channel.receivers")
                                    .tag("backend", "both")
                                    .gauge()
                                    .value()
                            == 1);
                    assertThat(registry.get("lexigram.cache.channel.sent")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.get("lexigram.cache.channel.lag")
                                    .timeGauge()
                                    .value())
                            .isPositive();
                });
    }

    @Test
    void tags_and_clear_reach_the_copies_of_other_nodes(RedisServer redis) {
        onTwoNodes(redis.getUri(), (one, other) -> {
            Cache<String> here = one.cache("words", String.class);
            Cache<String> there = other.cache("words", String.class);
            here.put("a", "red", CallOptions.NONE.tags("colour"));
            here.put("b", "two");
            awaitCopy(there, "a", "red");
            awaitCopy(there, "b", "two");

            assertThat(here.invalidateTags("colour")).isEqualTo(1);
            await().until(() -> there.get("a") == null);
            assertThat(there.get("b")).isEqualTo("two");
            here.clear();
            await().until(() -> there.get("b") == null);
        });
    }

    @Test
    void without_the_server_copies_are_served_as_stale_and_what_this_node_invalidated_is_not(RedisServer unused) {
        RedisServer redis = RedisServer.start();
        onTwoNodes(redis.getUri(), (one, other) -> {
            Cache<String> words = one.cache("words", String.class);
            words.put("a", "first");
            words.put("b", "second");
            awaitCopy(words, "a", "first");
            awaitCopy(words, "b", "second");
            redis.stop();
            AtomicInteger loads = new AtomicInteger();

            await().until(() -> words.lookup("a") instanceof Lookup.Stale<String>);
            words.delete("b");
            assertThat(words.get("a", () -> "loaded " + loads.incrementAndGet()))
                    .isEqualTo("first");
            assertThat(words.get("b", () -> "loaded " + loads.incrementAndGet()))
                    .isEqualTo("loaded 1");
            assertThat(words.stats().staleServed()).isPositive();
        });
    }

    private static void awaitCopy(Cache<String> cache, String key, String value) {
        await().until(() -> {
            LookupInfo<String> info = cache.inspect(key);
            return info.answeredBy().equals("both.l1") && info.lookup().equals(new Lookup.Hit<>(value));
        });
    }

    private void onTwoNodes(String url, BiConsumer<CacheService, CacheService> work) {
        ApplicationContextRunner node = runner.withPropertyValues(BACKENDS + "shared.url=" + url);
        node.run(one -> node.run(other -> {
            CacheService first = one.getBean(CacheService.class);
            CacheService second = other.getBean(CacheService.class);
            await().until(first::ping);
            await().until(second::ping);
            work.accept(first, second);
        }));
    }
}
