package io.lexigram.cache.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.autoconfigure.Server;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CacheEndpointExposureTest {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=cache,health";

    private final ApplicationContextRunner runner = Imports.runner();

    @Test
    void the_endpoint_is_not_there_unless_it_is_exposed() {
        runner.run(context -> assertThat(context)
                .doesNotHaveBean(CacheEndpoint.class)
                .doesNotHaveBean(CacheEndpointWebExtension.class));
    }

    @Test
    void the_endpoint_is_there_where_it_is_exposed() {
        runner.withPropertyValues(EXPOSED).run(context -> assertThat(context)
                .hasSingleBean(CacheEndpoint.class)
                .hasSingleBean(CacheEndpointWebExtension.class));
    }

    @Test
    void exposed_over_jmx_alone_it_has_no_web_extension() {
        runner.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=cache")
                .run(context -> assertThat(context)
                        .hasSingleBean(CacheEndpoint.class)
                        .doesNotHaveBean(CacheEndpointWebExtension.class));
    }

    @Test
    void without_access_the_endpoint_is_not_there() {
        runner.withPropertyValues(EXPOSED, "management.endpoint.cache.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(CacheEndpoint.class));
    }

    @Test
    void an_endpoint_of_the_application_replaces_ours() {
        runner.withPropertyValues(EXPOSED)
                .withBean("own", CacheEndpoint.class, () -> new CacheEndpoint(null, null, null))
                .run(context -> assertThat(context).getBean(CacheEndpoint.class).isSameAs(context.getBean("own")));
    }

    @Test
    void over_http_it_is_not_found_unless_it_is_exposed() {
        try (Server server =
                Server.start(WebApplicationType.SERVLET, Application.class, "management.health.redis.enabled=false")) {
            assertThat(server.get("/actuator/health").status()).isEqualTo(200);
            assertThat(server.get("/actuator/cache").status()).isEqualTo(404);
        }
    }

    @Test
    void with_read_only_access_nothing_can_be_evicted_or_reset() {
        try (Server server = Server.start(
                WebApplicationType.SERVLET,
                Application.class,
                EXPOSED,
                "management.endpoint.cache.access=read-only",
                "lexigram.cache.caches.products.ttl=1m")) {
            server.bean(CacheService.class).cache("products", String.class).put("1", "one");

            assertThat(server.get("/actuator/cache/products").status()).isEqualTo(200);
            assertThat(server.delete("/actuator/cache/products").status()).isEqualTo(405);
            assertThat(server.post("/actuator/cache/products/resetStatistics").status())
                    .isEqualTo(405);
            assertThat(server.bean(CacheService.class)
                            .cache("products", String.class)
                            .get("1"))
                    .isEqualTo("one");
        }
    }

    @Test
    void under_another_path_unknown_parameters_are_refused_as_well() {
        try (Server server = Server.start(
                WebApplicationType.SERVLET,
                Application.class,
                EXPOSED,
                "management.endpoints.web.base-path=/manage",
                "management.endpoints.web.path-mapping.cache=caching",
                "server.servlet.context-path=/shop",
                "spring.mvc.servlet.path=/app",
                "lexigram.cache.caches.products.ttl=1m")) {
            assertThat(server.get("/shop/app/manage/caching/products").status()).isEqualTo(200);
            assertThat(server.delete("/shop/app/manage/caching/products?kye=1").status())
                    .isEqualTo(400);
            assertThat(server.delete("/shop/app/manage/%63aching/products?kye=1")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void in_a_reactive_application_under_another_path_unknown_parameters_are_refused_as_well() {
        try (Server server = Server.start(
                WebApplicationType.REACTIVE,
                Application.class,
                EXPOSED,
                "management.endpoints.web.base-path=/manage",
                "spring.webflux.base-path=/shop",
                "lexigram.cache.caches.products.ttl=1m")) {
            assertThat(server.get("/shop/manage/cache/products").status()).isEqualTo(200);
            assertThat(server.delete("/shop/manage/cache/products?kye=1").status())
                    .isEqualTo(400);
            assertThat(server.delete("/shop/manage/%63ache/products?kye=1").status())
                    .isEqualTo(400);
            assertThat(server.delete("/shop/manage/cache;a=b/products?kye=1").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void switched_off_the_cache_is_shown_as_one_that_holds_nothing() {
        try (Server server =
                Server.start(WebApplicationType.SERVLET, Application.class, EXPOSED, "lexigram.cache.enabled=false")) {
            assertThat(server.get("/actuator/cache")
                            .json()
                            .at("/backends/none/type")
                            .asString())
                    .isEqualTo("none");
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
