package io.lexigram.cache.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.autoconfigure.Imports;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Each text that a bad configuration gives: it names the property and says what to write instead. */
class BadInputTest {

    private static final String LOCAL = "lexigram.cache.backends.local.type=memory";
    private static final String OTHER = "lexigram.cache.backends.other.type=memory";

    @Test
    void an_unknown_default_backend() {
        FailureAnalysis failure = Startup.with(LOCAL, OTHER, "lexigram.cache.default-backend=shared")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.default-backend is 'shared': there is no such backend.")
                .contains("Origin:");
        assertThat(failure.getAction()).isEqualTo("Write one of local, other.");
    }

    @Test
    void a_default_backend_that_is_disabled() {
        FailureAnalysis failure = Startup.with(
                        LOCAL,
                        OTHER,
                        "lexigram.cache.backends.other.enabled=false",
                        "lexigram.cache.default-backend=other")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.default-backend is 'other': this backend is disabled.");
        assertThat(failure.getAction()).isEqualTo("Write one of local.");
    }

    @Test
    void a_cache_on_an_unknown_backend() {
        FailureAnalysis failure = Startup.with(LOCAL, "lexigram.cache.caches.products.backend=shared")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.caches.products.backend is 'shared': there is no such backend.");
        assertThat(failure.getAction()).isEqualTo("Use one of local.");
    }

    @Test
    void a_cache_with_an_unknown_codec() {
        FailureAnalysis failure =
                Startup.with("lexigram.cache.caches[my_cache].codec=yaml").failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.caches[my_cache].codec is 'yaml': there is no such codec.");
        assertThat(failure.getAction()).isEqualTo("Use one of bytes, json.");
    }

    @Test
    void an_unknown_default_codec() {
        FailureAnalysis failure =
                Startup.with("lexigram.cache.service.default-serializer=yaml").failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.service.default-serializer is 'yaml': there is no such codec.");
        assertThat(failure.getAction()).isEqualTo("Use one of json, bytes.");
    }

    @Test
    void two_backends_that_say_they_are_the_default() {
        FailureAnalysis failure = Startup.with(
                        LOCAL,
                        OTHER,
                        "lexigram.cache.backends.local.default=true",
                        "lexigram.cache.backends.other.default=true")
                .failure();

        assertThat(failure.getDescription())
                .startsWith(
                        "lexigram.cache.backends.other.default is 'true': the backend local is the default already.");
        assertThat(failure.getAction()).isEqualTo("Leave the default to one of them.");
    }

    @Test
    void a_named_default_and_another_backend_that_says_it_is() {
        FailureAnalysis failure = Startup.with(
                        LOCAL,
                        OTHER,
                        "lexigram.cache.default-backend=local",
                        "lexigram.cache.backends.other.default=true")
                .failure();

        assertThat(failure.getDescription()).contains("the backend local is the default already");
    }

    @Test
    void no_default_among_several_backends() {
        FailureAnalysis failure = Startup.with(LOCAL, OTHER).failure();

        assertThat(failure.getDescription())
                .isEqualTo(
                        "lexigram.cache.default-backend is not set: there are several backends and none is the default.");
        assertThat(failure.getAction()).isEqualTo("Write one of local, other.");
    }

    @Test
    void no_backend_that_is_enabled() {
        FailureAnalysis failure = Startup.with(LOCAL, "lexigram.cache.backends.local.enabled=false")
                .failure();

        assertThat(failure.getDescription()).contains("every backend is disabled");
        assertThat(failure.getAction()).contains("lexigram.cache.enabled: false");
    }

    @Test
    void an_unknown_type() {
        FailureAnalysis failure =
                Startup.with("lexigram.cache.backends.shared.type=rediss").failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared.type is 'rediss': there is no such type.");
        assertThat(failure.getAction()).startsWith("Write one of ").contains("memory, redis");
    }

    @Test
    void a_backend_without_a_type() {
        FailureAnalysis failure =
                Startup.with("lexigram.cache.backends.shared.default-ttl=1m").failure();

        assertThat(failure.getDescription())
                .isEqualTo("lexigram.cache.backends.shared.type is not set: a backend has a type.");
    }

    @Test
    void a_memcached_backend_without_its_driver() {
        FailureAnalysis failure = Startup.of(Imports.runner()
                        .withClassLoader(Imports.without("net.rubyeye.xmemcached"))
                        .withPropertyValues("lexigram.cache.backends.mc.type=memcached"))
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.mc.type is 'memcached': its driver is not on the class path.");
        assertThat(failure.getAction()).isEqualTo("Add the dependency com.googlecode.xmemcached:xmemcached:2.4.9.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key-prefix=shop             | servers        | nothing says where         | localhost:11211
            servers=localhost           | servers        | write host:port            | mc.servers
            servers=a:1,a:1             | servers        | name each server once      | servers
            servers=a:1;host=b          | host           | there are servers as well  | Keep one
            servers=a:1;port=2          | port           | it belongs to host         | behind their hosts
            port=2                      | servers        | nothing says where         | localhost:11211
            servers=a:1;url=redis://a   | url            | no such thing              | Remove it
            servers=a:1;password=secret | password       | '***'                      | Remove it
            servers=a:1;ssl-bundle=none | ssl-bundle     | no such SSL bundle         | spring.ssl.bundle
            servers=a:1;ssl=false;ssl-bundle=none | ssl  | there is an ssl-bundle     | Remove one
            servers=a:1;max-pool-size=0 | max-pool-size  | from 1 to 64               | max-pool-size
            servers=a:1;timeout=0s      | timeout        | above zero                 | timeout
            """)
    void a_memcached_backend_that_makes_no_sense(String properties, String setting, String problem, String fix) {
        String[] values = Arrays.stream(("type=memcached;" + properties).split(";"))
                .map(property -> "lexigram.cache.backends.mc." + property)
                .toArray(String[]::new);

        FailureAnalysis failure = Startup.with(values).failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.mc." + setting)
                .contains(problem)
                .doesNotContain("secret");
        assertThat(failure.getAction()).contains(fix);
    }

    @Test
    void a_redis_backend_without_its_driver() {
        FailureAnalysis failure = Startup.of(Imports.runner()
                        .withClassLoader(Imports.without("io.lettuce", "org.springframework.data.redis"))
                        .withPropertyValues("lexigram.cache.backends.shared.type=redis"))
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared.type is 'redis': its driver is not on the class path.");
        assertThat(failure.getAction())
                .isEqualTo("Add the dependency org.springframework.boot:spring-boot-starter-data-redis.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lexigram.cache.caches.products.ttl        | 10 minutes | 250ms, 10s, 5m, 1h or 1d
            lexigram.cache.backends.local.max-memory  | lots       | 512KB, 64MB or 1GB
            lexigram.cache.backends.local.copy        | always     | one of none, on-read, on-write, both
            lexigram.cache.enabled                    | maybe      | true or false
            lexigram.cache.limits.flights             | many       | whole number
            lexigram.cache.caches.products.max-entries| 1.5        | whole number
            lexigram.cache.caches.products.jitter     | 10%        | 0.1
            lexigram.cache.service.protection.on-wait-timeout | panic | one of load
            lexigram.cache.environment                | staging    | development, test, production
            """)
    void a_value_that_cannot_be_read(String property, String value, String fix) {
        FailureAnalysis failure = Startup.with(property + "=" + value).failure();

        assertThat(failure.getDescription()).startsWith(property + " is '" + value + "': it cannot be read.");
        assertThat(failure.getAction()).contains(fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lexigram.cache.caches.products.ttl          | 0s  | PT0S | longer than zero           | eternal: true
            lexigram.cache.caches.products.ttl          | -5m | PT-5M | longer than zero          | eternal: true
            lexigram.cache.caches.products.null-ttl     | 0   | PT0S | longer than zero           | eternal: true
            lexigram.cache.backends.local.default-ttl   | 0s  | PT0S | longer than zero           | eternal: true
            lexigram.cache.service.protection.max-wait  | 0s  | PT0S | longer than zero           | 10s
            lexigram.cache.service.circuit-breaker.window       | 0    | 0      | at least 1     | 20
            lexigram.cache.service.circuit-breaker.failure-rate | 101  | 101    | from 1 to 100  | percentage
            lexigram.cache.service.circuit-breaker.slow-call    | 0s   | PT0S   | at least 1 ms  | 200ms
            lexigram.cache.service.circuit-breaker.open-for     | -1s  | PT-1S  | at least 1 ms  | 10s
            lexigram.cache.service.circuit-breaker.ttl          | 0s   | PT0S   | at least 1 ms  | 1h
            lexigram.cache.monitoring.low-hit-rate      | 50  | 50.0  | from 0 to 1               | 0.5
            lexigram.cache.monitoring.min-reads         | 0   | 0     | at least 1                | 1000
            lexigram.cache.monitoring.interval          | 0s  | PT0S  | at least 1 ms             | 5m
            lexigram.cache.health.timeout               | -1s | PT-1S | longer than zero          | 1s
            lexigram.cache.caches.products.jitter       | 1   | 1.0  | at least 0 and less than 1 | 0.1
            lexigram.cache.caches.products.jitter       | -1  | -1.0 | at least 0 and less than 1 | 0.1
            lexigram.cache.caches.products.max-entries  | 0   | 0    | at least 1                 | greater
            lexigram.cache.caches.products.pointer-ttl  | 0s  | PT0S | longer than zero           | 60s
            lexigram.cache.caches.products.age-ttl.alpha | 0  | 0.0  | above 0                    | 0.1
            lexigram.cache.caches.products.age-ttl.alpha | Infinity | Infinity | above 0          | 0.1
            lexigram.cache.caches.products.age-ttl.min  | 0s  | PT0S | longer than zero           | 30s
            lexigram.cache.caches.products.age-ttl.max  | 20s | PT20S | shorter than min, which is PT30S | longer max
            lexigram.cache.caches.products.fail-safe.window   | -1s | PT-1S | longer than zero    | fail-safe.enabled: false
            lexigram.cache.caches.products.fail-safe.throttle | -1s | PT-1S | not be negative     | 0s
            lexigram.cache.caches.products.load-timeout.soft  | 0s  | PT0S  | longer than zero    | 100ms
            lexigram.cache.caches.products.load-timeout.hard  | 0s  | PT0S  | longer than zero    | 2s
            lexigram.cache.caches.products.refresh-ahead.beta | NaN | NaN   | above 0             | 1.0
            lexigram.cache.limits.tags                  | 0   | 0    | at least 1                 | greater
            lexigram.cache.backends.local.max-size      | 0   | 0    | at least 1                 | greater
            lexigram.cache.backends.local.max-memory    | 0   | 0B   | at least one byte          | 64MB
            """)
    void a_value_out_of_range(String property, String value, String shown, String problem, String fix) {
        FailureAnalysis failure = Startup.with(LOCAL, property + "=" + value).failure();

        assertThat(failure.getDescription())
                .startsWith(property + " is '" + shown + "': ")
                .contains(problem);
        assertThat(failure.getAction()).contains(fix);
    }

    @Test
    void a_cache_that_is_eternal_and_has_a_lifetime() {
        FailureAnalysis failure = Startup.with(
                        "lexigram.cache.caches.products.ttl=1m", "lexigram.cache.caches.products.eternal=true")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.caches.products.ttl is 'PT1M': the cache is eternal as well.");
        assertThat(failure.getAction()).contains("Remove either ttl or eternal");
    }

    @Test
    void a_soft_load_timeout_that_is_not_shorter_than_the_hard_one() {
        FailureAnalysis failure = Startup.with(
                        "lexigram.cache.caches.products.load-timeout.soft=2s",
                        "lexigram.cache.caches.products.load-timeout.hard=2s")
                .failure();

        assertThat(failure.getDescription())
                .startsWith(
                        "lexigram.cache.caches.products.load-timeout.soft is 'PT2S': it is not shorter than hard, which is"
                                + " PT2S.");
        assertThat(failure.getAction()).isEqualTo("Write a shorter soft or a longer hard.");
    }

    @Test
    void an_environment_variable_that_names_no_environment() {
        FailureAnalysis failure = Startup.with("LEX_ENV=staging", "lexigram.cache.backends.local.type=memory")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("LEX_ENV is 'staging': ")
                .contains("write development, test or production");
    }

    @Test
    void a_misspelt_property() {
        FailureAnalysis failure = Startup.with("lexigram.cache.key-prefx=shop").failure();

        assertThat(failure.getDescription()).contains("lexigram.cache.key-prefx");
        assertThat(failure.getAction()).isEqualTo("Write lexigram.cache.key-prefix instead of key-prefx.");
    }

    @Test
    void a_misspelt_property_of_a_backend_beside_good_ones() {
        FailureAnalysis failure =
                Startup.with(LOCAL, "lexigram.cache.backends.local.max-sise=10").failure();

        assertThat(failure.getDescription()).contains("lexigram.cache.backends.local.max-sise");
        assertThat(failure.getAction()).isEqualTo("Write lexigram.cache.backends.local.max-size instead of max-sise.");
    }

    @Test
    void a_misspelt_property_of_a_cache() {
        FailureAnalysis failure =
                Startup.with("lexigram.cache.caches.products.tll=10s").failure();

        assertThat(failure.getAction()).isEqualTo("Write lexigram.cache.caches.products.ttl instead of tll.");
    }

    @Test
    void a_property_that_resembles_none() {
        FailureAnalysis failure =
                Startup.with("lexigram.cache.service.quantum-entanglement=on").failure();

        assertThat(failure.getAction())
                .startsWith("Write one of ")
                .contains("default-serializer, ")
                .contains("below lexigram.cache.service, not quantum-entanglement.");
    }

    @Test
    void a_redis_url_that_is_none() {
        FailureAnalysis failure = Startup.with(
                        "lexigram.cache.backends.shared.type=redis",
                        "lexigram.cache.backends.shared.url=http://ada:secret@localhost")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared.url is 'http://***@localhost': ")
                .contains("redis://host:port")
                .doesNotContain("secret");
        assertThat(failure.getAction()).contains("lexigram.cache.backends.shared.url");
    }

    @Test
    void two_addresses_of_redis() {
        FailureAnalysis failure = Startup.with(
                        "lexigram.cache.backends.shared.type=redis",
                        "lexigram.cache.backends.shared.url=redis://localhost",
                        "lexigram.cache.backends.shared.host=localhost")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared.url is 'redis://localhost': ")
                .contains("keep one");
    }

    @Test
    void a_way_into_redis_that_leads_nowhere() {
        FailureAnalysis failure = Startup.with(
                        "lexigram.cache.backends.shared.type=redis", "lexigram.cache.backends.shared.password=secret")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared.password is '***': ")
                .doesNotContain("secret");
        assertThat(failure.getAction()).startsWith("Write url or host as well");
    }

    @Test
    void a_redis_backend_without_address_in_an_application_without_a_connection() {
        FailureAnalysis failure =
                Startup.with("lexigram.cache.backends.shared.type=redis").failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared.url is not set: ")
                .contains("no LettuceConnectionFactory");
        assertThat(failure.getAction()).contains("redis://host:port", "spring.data.redis");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port=70000              | 1 to 65535
            db=-1                   | from 0 on
            socket-timeout=0s       | above zero
            deadline=0s             | longer than zero
            sentinel.master=main    | sentinel.nodes
            ssl-bundle=nosuch       | no such SSL bundle
            group-check=channel     | no check that goes by messages
            group-check=maybe       | cannot be read
            """)
    void a_property_of_redis_out_of_range(String property, String hint) {
        FailureAnalysis failure = Startup.with(
                        "lexigram.cache.backends.shared.type=redis",
                        "lexigram.cache.backends.shared.host=localhost",
                        "lexigram.cache.backends.shared." + property)
                .failure();

        String name = property.substring(0, property.indexOf('='));
        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared." + name + " is ")
                .contains(hint);
    }
}
