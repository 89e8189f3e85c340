package io.lexigram.cache.autoconfigure.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import net.rubyeye.xmemcached.MemcachedClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MemcachedBackendIT {

    private static final String MC = "lexigram.cache.backends.mc.";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemcachedServer server = MemcachedServer.shared();
    private final ApplicationContextRunner runner = Imports.runner()
            .withPropertyValues(
                    MC + "type=memcached", MC + "deadline=5s", MC + "timeout=5s", "spring.application.name=shop");
    private final ApplicationContextRunner onServers = runner.withPropertyValues(MC + "servers=" + server.address());

    @BeforeEach
    void empty() {
        server.flush();
    }

    @Test
    void values_live_on_the_server_and_another_node_reads_them() {
        ApplicationContextRunner onHost = runner.withPropertyValues(
                MC + "host=" + server.address().substring(0, server.address().lastIndexOf(':')),
                MC + "port=" + server.port());
        onServers.run(one -> onHost.run(other -> {
            Cache<String> here = one.getBean(CacheService.class).cache("products", String.class);
            Cache<String> there = other.getBean(CacheService.class).cache("products", String.class);
            here.put("42", "chair");

            assertThat(there.get("42")).isEqualTo("chair");
            assertThat(server.ask("mg shop:products:{42} t")).startsWith("HD t");
            there.invalidate("42");
            assertThat(here.get("42")).isNull();
            assertThat(here.unwrap(MemcachedClient.class)).isNotNull();
        }));
    }

    @Test
    void without_a_server_the_application_starts_and_loads_and_uses_the_server_when_it_comes() {
        try (MemcachedServer own = MemcachedServer.start()) {
            own.stop();
            runner.withPropertyValues(MC + "servers=" + own.address()).run(context -> {
                Cache<Integer> numbers = context.getBean(CacheService.class).cache("numbers", Integer.class);
                AtomicInteger loads = new AtomicInteger();
                assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(1);
                assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(2);

                own.restart();

                await().atMost(PATIENCE).untilAsserted(() -> {
                    int loaded = numbers.get("a", loads::incrementAndGet);
                    assertThat(numbers.get("a")).isEqualTo(loaded);
                });
            });
        }
    }

    @Test
    void without_listing_keys_groups_are_invalidated_uncounted_and_patterns_are_refused() {
        onServers
                .withPropertyValues(MC + "list-keys=false", "lexigram.cache.service.fail-open=false")
                .run(context -> {
                    CacheService service = context.getBean(CacheService.class);
                    Cache<String> products = service.cache("products", String.class);
                    products.put("a", "1", CallOptions.NONE.tags("t"));
                    products.put("b", "2");
                    service.cache("users", String.class).put("u", "ada");

                    assertThat(products.invalidateTags("t")).isZero();
                    assertThat(products.get("a")).isNull();
                    assertThat(products.get("b")).isEqualTo("2");

                    assertThat(products.clear()).isZero();
                    assertThat(products.get("b")).isNull();
                    assertThat(service.cache("users", String.class).get("u")).isEqualTo("ada");

                    assertThatThrownBy(
                                    () -> service.cache("users", String.class).deletePattern("u*"))
                            .isInstanceOf(UnsupportedOperationException.class)
                            .hasMessageContaining("list keys");
                    service.clear();
                    assertThat(service.cache("users", String.class).get("u")).isNull();
                });
    }

    @Test
    void in_production_a_server_on_another_host_must_be_allowed() {
        ApplicationContextRunner production = runner.withPropertyValues(
                "lexigram.cache.environment=production", MC + "servers=localhost:1,cache.example.org:11211");

        production.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("cache.example.org:11211")
                .hasMessageContaining("allow-insecure: true"));
        production.withPropertyValues(MC + "allow-insecure=true").run(context -> assertThat(context)
                .hasNotFailed());
    }
}
