package io.lexigram.cache.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.autoconfigure.FakeBackend;
import io.lexigram.cache.autoconfigure.Server;
import io.lexigram.cache.autoconfigure.Server.Answer;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** What {@code /actuator/cache} does over HTTP, on whatever server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CacheEndpointContract {

    private static final String CACHE = "/actuator/cache";
    private static final String[] PROPERTIES = {
        "management.endpoints.web.exposure.include=cache",
        "lexigram.cache.backends.local.type=memory",
        "lexigram.cache.default-backend=local",
        "lexigram.cache.backends.fake.health-check-interval=0s",
        "lexigram.cache.caches.products.ttl=10m",
        "lexigram.cache.caches.products.jitter=0",
        "lexigram.cache.caches.eternal.eternal=true",
        "lexigram.cache.caches.secrets.sensitive=true",
        "lexigram.cache.caches.remote.backend=fake"
    };

    private final Server server;
    private final CacheService service;
    private final Cache<String> products;

    CacheEndpointContract(WebApplicationType type, String... properties) {
        String[] all = Arrays.copyOf(PROPERTIES, PROPERTIES.length + properties.length);
        System.arraycopy(properties, 0, all, PROPERTIES.length, properties.length);
        this.server = Server.start(type, Application.class, all);
        this.service = server.bean(CacheService.class);
        this.products = service.cache("products", String.class);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.bean(FakeBackend.class).failWith(null);
        service.clear();
        service.resetMetrics();
    }

    @Test
    void all_backends_and_caches_are_shown_with_exactly_these_keys() {
        products.get("1", () -> {
            server.bean(ManualTime.class).advance(Duration.ofNanos(12_500_000));
            return "one";
        });
        for (int i = 0; i < 3; i++) {
            products.get("1");
        }

        assertThat(server.get(CACHE).body())
                .startsWith("""
                        {"defaultBackend":"local",\
                        "backends":{\
                        "local":{"type":"memory","status":"UP","latencyMs":0.0,"circuitBreaker":null,"entries":1,"memoryUsageBytes":null},\
                        "fake":{"type":"fake","status":"UP","latencyMs":0.4,"circuitBreaker":null,"entries":0,"memoryUsageBytes":null}},\
                        "caches":{""")
                .contains("""
                        "eternal":{"backend":"local","ttl":null,"entries":0,"hits":0,"misses":0,"hitRate":0.0,"puts":0,"evictions":0,"errors":0,\
                        "loads":0,"loadFailures":0,"coalesced":0,"staleServed":0,"averageLoadMs":0.0},\
                        "products":{"backend":"local","ttl":"PT10M","entries":1,"hits":3,"misses":1,"hitRate":0.75,"puts":1,"evictions":0,"errors":0,\
                        "loads":1,"loadFailures":0,"coalesced":0,"staleServed":0,"averageLoadMs":12.5},""")
                .endsWith("},\"totals\":{\"hits\":3,\"misses\":1,\"hitRate\":0.75}}");
    }

    @Test
    void a_backend_that_is_down_is_shown_as_such() {
        server.bean(FakeBackend.class).failWith("gone");

        Answer answer = server.get(CACHE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/backends/fake/status").asString()).isEqualTo("DOWN");
        assertThat(answer.json().at("/backends/fake/latencyMs").isNull()).isTrue();
        assertThat(answer.json().at("/backends/local/status").asString()).isEqualTo("UP");
    }

    @Test
    void one_cache_is_shown_as_it_is_among_all() {
        products.put("1", "one");

        assertThat(server.get(CACHE + "/products").json())
                .isEqualTo(server.get(CACHE).json().at("/caches/products"));
    }

    @Test
    void a_cache_that_is_only_used_is_known_and_one_that_nobody_used_is_not() {
        service.put(CacheKey.of("1").in("ad hoc"), "x");

        assertThat(server.get(CACHE + "/ad%20hoc").status()).isEqualTo(200);
        assertThat(server.get(CACHE + "/nosuch").status()).isEqualTo(404);
        assertThat(server.delete(CACHE + "/nosuch").status()).isEqualTo(404);
        assertThat(server.get(CACHE + "/nosuch/keys").status()).isEqualTo(404);
        assertThat(server.post(CACHE + "/nosuch/resetStatistics").status()).isEqualTo(404);
        assertThat(service.cacheNames()).doesNotContain("nosuch");
    }

    @Test
    void a_cache_with_settings_of_its_code_is_shown_with_them() {
        service.cache(CacheSpec.of("coded", String.class)
                .backend("fake")
                .maxEntries(7)
                .ttl(Duration.ofSeconds(3))
                .sensitive(true)
                .build());

        Answer answer = server.get(CACHE + "/coded");

        assertThat(answer.json().path("backend").asString()).isEqualTo("fake");
        assertThat(answer.json().path("ttl").asString()).isEqualTo("PT3S");
        assertThat(server.get(CACHE + "/coded/keys").status()).isEqualTo(403);
    }

    @Test
    void keys_without_a_namespace_are_shown_under_an_underscore() {
        service.put(CacheKey.of("alone"), "x");

        assertThat(server.get(CACHE + "/_").json().path("entries").asLong()).isEqualTo(1);
        assertThat(server.get(CACHE + "/_/keys").json().path("keys").toString()).isEqualTo("[\"alone\"]");
        assertThat(server.delete(CACHE + "/_?key=alone").body()).isEqualTo("{\"removed\":1}");
    }

    @Test
    void an_entry_is_described_without_its_value() {
        products.put("42", "the value", CallOptions.NONE.tags("b", "a"));

        assertThat(server.get(CACHE + "/products?key=42").body())
                .isEqualTo("""
                        {"cache":"products","key":"42","createdAt":"%1$s","expiresAt":"%2$s","hitCount":0,\
                        "lastAccessed":"%1$s","version":null,"tags":["a","b"]}""".formatted(now(), now().plusSeconds(600)));
    }

    @Test
    void an_entry_that_is_not_there_is_404() {
        assertThat(server.get(CACHE + "/products?key=42").status()).isEqualTo(404);
    }

    @Test
    void a_delete_clears_the_cache_and_no_other() {
        products.put("1", "one");
        products.put("2", "two");
        service.cache("eternal", String.class).put("1", "uno");

        Answer answer = server.delete(CACHE + "/products");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"removed\":2}");
        assertThat(service.cache("eternal", String.class).get("1")).isEqualTo("uno");
    }

    @Test
    void a_delete_of_a_key_a_pattern_or_a_tag_evicts_what_it_names() {
        products.put("a:1", "x");
        products.put("a:2", "x");
        products.put("b:1", "x", CallOptions.NONE.tags("old"));
        products.put("b:2", "x");
        service.cache("eternal", String.class).put("1", "uno", CallOptions.NONE.tags("old"));

        assertThat(server.delete(CACHE + "/products?pattern=a:*").body()).isEqualTo("{\"removed\":2}");
        assertThat(server.delete(CACHE + "/products?tag=old").body()).isEqualTo("{\"removed\":1}");
        assertThat(server.delete(CACHE + "/products?key=b:2").body()).isEqualTo("{\"removed\":1}");
        assertThat(server.delete(CACHE + "/products?key=b:2").body()).isEqualTo("{\"removed\":0}");
        assertThat(service.cache("eternal", String.class).get("1")).isEqualTo("uno");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?key=1&tag=t",
                "?key=1&pattern=*",
                "?key=",
                "?key",
                "?pattern=",
                "?tag=",
                "?key=1&key=2",
                "?Key=1",
                "?keys=1",
                "?key=1&force=true",
                "?cache=eternal",
                "?pattern=[a"
            })
    void a_delete_that_is_not_clear_is_refused_and_removes_nothing(String query) {
        products.put("1", "one");
        service.cache("eternal", String.class).put("1", "uno");

        Answer answer = server.delete(CACHE + "/products" + query.replace("[", "%5B"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isNotBlank();
        assertThat(products.get("1")).isEqualTo("one");
        assertThat(service.cache("eternal", String.class).get("1")).isEqualTo("uno");
    }

    @Test
    void a_body_is_no_way_to_name_another_cache() {
        products.put("1", "one");
        service.cache("eternal", String.class).put("1", "uno");

        assertThat(server.send("DELETE", CACHE + "/products", "{\"cache\":\"eternal\"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.send("POST", CACHE + "/products/resetStatistics", "{\"cache\":\"eternal\"}")
                        .status())
                .isEqualTo(400);
        assertThat(service.cache("eternal", String.class).get("1")).isEqualTo("uno");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/products?kye=1", "/products?cache=eternal", "/products/keys?view=x", "?key="})
    void a_read_that_is_not_clear_is_refused(String request) {
        assertThat(server.get(CACHE + request).status()).isEqualTo(400);
    }

    @Test
    void what_a_backend_that_is_down_cannot_answer_is_503_although_the_cache_fails_open() {
        service.cache("remote", String.class).put("1", "x");
        server.bean(FakeBackend.class).failWith("gone");

        assertThat(server.delete(CACHE + "/remote").status()).isEqualTo(503);
        assertThat(server.delete(CACHE + "/remote?key=1").status()).isEqualTo(503);
        assertThat(server.get(CACHE + "/remote?key=1").status()).isEqualTo(503);
        assertThat(server.get(CACHE + "/remote/keys").status()).isEqualTo(503);
        assertThat(server.get(CACHE + "/remote").status()).isEqualTo(200);
    }

    @Test
    void keys_are_paged_in_order() {
        for (int i = 0; i < 5; i++) {
            products.put("p:" + i, "x");
        }
        products.put("q:1", "x");

        assertThat(server.get(CACHE + "/products/keys?prefix=p:&limit=2").body())
                .isEqualTo("{\"keys\":[\"p:0\",\"p:1\"],\"cursor\":\"p:1\"}");
        assertThat(server.get(CACHE + "/products/keys?prefix=p:&limit=2&cursor=p:1")
                        .body())
                .isEqualTo("{\"keys\":[\"p:2\",\"p:3\"],\"cursor\":\"p:3\"}");
        assertThat(server.get(CACHE + "/products/keys?prefix=p:&limit=2&cursor=p:3")
                        .body())
                .isEqualTo("{\"keys\":[\"p:4\"],\"cursor\":null}");
        assertThat(server.get(CACHE + "/products/keys").json().path("keys").size())
                .isEqualTo(6);
    }

    @Test
    void a_prefix_of_keys_is_taken_literally() {
        products.put("a*b", "x");
        products.put("axb", "x");
        products.put("[a]", "x");

        assertThat(server.get(CACHE + "/products/keys?prefix=a*").body())
                .isEqualTo("{\"keys\":[\"a*b\"],\"cursor\":null}");
        assertThat(server.get(CACHE + "/products/keys?prefix=%5Ba%5D").body())
                .isEqualTo("{\"keys\":[\"[a]\"],\"cursor\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "many"})
    void a_page_of_no_or_too_many_keys_is_refused(String limit) {
        assertThat(server.get(CACHE + "/products/keys?limit=" + limit).status()).isEqualTo(400);
    }

    @Test
    void the_keys_of_a_sensitive_cache_are_not_shown() {
        service.cache("secrets", String.class).put("ada@example.org", "x");

        Answer answer = server.get(CACHE + "/secrets/keys");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("ada");
    }

    @Test
    void statistics_are_reset_for_one_cache() {
        products.get("1");
        service.cache("eternal", String.class).get("1");

        assertThat(server.post(CACHE + "/products/resetStatistics").status()).isEqualTo(204);
        assertThat(products.stats().misses()).isZero();
        assertThat(service.cache("eternal", String.class).stats().misses()).isEqualTo(1);
    }

    @Test
    void there_are_no_other_views_and_actions() {
        assertThat(server.get(CACHE + "/products/values").status()).isEqualTo(404);
        assertThat(server.post(CACHE + "/products/destroy").status()).isEqualTo(404);
    }

    @Test
    void answers_are_not_to_be_stored() {
        assertThat(server.get(CACHE).header("Cache-Control")).isEqualTo("no-store");
        assertThat(server.get(CACHE + "/nosuch").header("Cache-Control")).isEqualTo("no-store");
        assertThat(server.get(CACHE).header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    private Instant now() {
        return server.bean(ManualTime.class).now();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ManualTime manualTime() {
            return new ManualTime();
        }

        @Bean
        TimeSource timeSource(ManualTime time) {
            return time.source();
        }

        @Bean
        FakeBackend fake() {
            return new FakeBackend();
        }
    }
}
