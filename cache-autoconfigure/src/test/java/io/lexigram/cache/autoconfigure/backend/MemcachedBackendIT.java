package io.lexigram.cache.autoconfigure.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.testing.MemcachedServer;
import io.lexigram.cache.testing.TlsCertificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import net.rubyeye.xmemcached.MemcachedClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MemcachedBackendIT {

    private static final String MC = "lexigram.cache.backends.mc.";
    private static final String BOTH = "lexigram.cache.backends.both.";
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
    void as_the_shared_tier_it_has_no_channel_which_is_said_once_and_copies_live_for_so_long_at_most(
            CapturedOutput output) {
        ApplicationContextRunner tiered = onServers.withPropertyValues(
                "lexigram.cache.backends.local.type=memory",
                BOTH + "type=tiered",
                BOTH + "l1=local",
                BOTH + "l2=mc",
                BOTH + "l1-max-ttl=700ms",
                "lexigram.cache.default-backend=both");
        tiered.run(one -> {
            assertThat(output.getOut()).containsOnlyOnce("copies of its entries live for PT0.7S at most");
            tiered.run(other -> {
                Cache<String> here = one.getBean(CacheService.class).cache("products", String.class);
                Cache<String> there = other.getBean(CacheService.class).cache("products", String.class);
                here.put("42", "chair");
                assertThat(there.get("42")).isEqualTo("chair");
                assertThat(there.inspect("42").answeredBy()).startsWith("both.");

                here.put("42", "table");
                assertThat(here.get("42")).isEqualTo("table");
                await().atMost(PATIENCE).until(() -> "table".equals(there.get("42")));
                here.clear();
                assertThat(here.get("42")).isNull();
                await().atMost(PATIENCE).until(() -> there.get("42") == null);
            });
        });
    }

    @Test
    void a_server_with_tls_is_trusted_by_an_ssl_bundle_and_not_without_it() {
        try (TlsCertificate certificate = TlsCertificate.make();
                MemcachedServer encrypted = MemcachedServer.startWithTls(certificate)) {
            ApplicationContextRunner onTls = runner.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                    .withPropertyValues(
                            MC + "servers=" + encrypted.address(),
                            "spring.ssl.bundle.pem.mc.truststore.certificate=file:" + certificate.certificate(),
                            "spring.ssl.bundle.pem.mc.options.enabled-protocols=TLSv1.3");

            onTls.withPropertyValues(MC + "ssl-bundle=mc").run(context -> {
                CacheService service = context.getBean(CacheService.class);
                Cache<String> products = service.cache("products", String.class);
                products.put("42", "chair", CallOptions.NONE.tags("t"));
                assertThat(products.get("42")).isEqualTo("chair");
                assertThat(products.invalidateTags("t")).isOne();
                assertThat(products.get("42")).isNull();
            });
            onTls.withPropertyValues(MC + "ssl=true").run(context -> {
                CacheService service = context.getBean(CacheService.class);
                assertThat(service.cache("products", String.class).get("42", () -> "loaded"))
                        .isEqualTo("loaded");
                assertThat(service.healthCheck(PATIENCE).toString()).contains(encrypted.address(), "PKIX path");
            });
        }
    }

    @Test
    void in_production_a_server_on_another_host_has_tls_or_is_allowed_without() {
        ApplicationContextRunner production = runner.withPropertyValues(
                "lexigram.cache.environment=production", MC + "servers=localhost:1,cache.example.org:11211");

        production.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("cache.example.org:11211")
                .hasMessageContaining("ssl: true")
                .hasMessageContaining("allow-insecure: true"));
        for (String remedy : new String[] {"allow-insecure=true", "ssl=true"}) {
            production.withPropertyValues(MC + remedy).run(context -> assertThat(context)
                    .hasNotFailed());
        }
    }
}
