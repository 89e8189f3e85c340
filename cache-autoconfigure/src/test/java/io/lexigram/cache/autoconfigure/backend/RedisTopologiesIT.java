package io.lexigram.cache.autoconfigure.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.testing.RedisCluster;
import io.lexigram.cache.testing.SentinelTrio;
import io.lexigram.cache.testing.TlsRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each way in which Redis comes, by the properties of a backend and by those of the application's own connection. */
class RedisTopologiesIT {

    private static final String OWN = "lexigram.cache.backends.shared.";
    private static final String APPLICATION = "spring.data.redis.";
    private static final int MANY = 50;

    private final ApplicationContextRunner runner = Imports.runner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class))
            .withPropertyValues(OWN + "type=redis", OWN + "deadline=10s", "spring.application.name=app");

    @ParameterizedTest
    @ValueSource(strings = {OWN, APPLICATION})
    void a_cluster_is_used(String where) {
        String nodes = String.join(",", RedisCluster.shared().seeds());

        runner.withPropertyValues(where + "cluster.nodes=" + nodes)
                .run(context -> use(context.getBean(CacheService.class)));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, APPLICATION})
    void a_primary_that_sentinels_know_is_used(String where) {
        String nodes = String.join(",", SentinelTrio.shared().sentinels());

        runner.withPropertyValues(where + "sentinel.master=" + SentinelTrio.MASTER, where + "sentinel.nodes=" + nodes)
                .run(context -> use(context.getBean(CacheService.class)));
    }

    @Test
    void sentinels_that_want_a_user_of_their_own_let_in_who_is_one() {
        try (SentinelTrio trio = SentinelTrio.start()) {
            trio.letInOnly("watcher", "word-of-the-sentinels");
            for (String where : List.of(OWN, APPLICATION)) {
                ApplicationContextRunner unknown = runner.withPropertyValues(
                        where + "sentinel.master=" + SentinelTrio.MASTER,
                        where + "sentinel.nodes=" + String.join(",", trio.sentinels()));

                unknown.withPropertyValues(
                                where + "sentinel.username=watcher", where + "sentinel.password=word-of-the-sentinels")
                        .run(context -> use(context.getBean(CacheService.class)));
                unknown.run(context ->
                        assertThat(context.getBean(CacheService.class).ping()).isFalse());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, APPLICATION})
    void a_primary_of_a_replica_is_used(String where) {
        var primary = SentinelTrio.shared().primary();

        runner.withPropertyValues(where + "host=" + primary.host(), where + "port=" + primary.port())
                .run(context -> use(context.getBean(CacheService.class)));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, APPLICATION})
    void a_server_with_tls_lets_a_user_in_who_may_only_what_a_cache_needs(String where) {
        try (TlsRedis redis = TlsRedis.start(
                "~app:*", "&app:*", "+@read", "+@write", "+@scripting", "+@pubsub", "+@connection", "+time")) {
            runner.withPropertyValues(tls(redis, where, TlsRedis.PASSWORD))
                    .run(context -> use(context.getBean(CacheService.class)));
        }
    }

    @Test
    void a_user_who_is_not_let_in_finds_an_application_that_goes_on_and_says_no_password() {
        try (TlsRedis redis = TlsRedis.start("~app:*", "+@all")) {
            runner.withPropertyValues(tls(redis, OWN, "wrong-password")).run(context -> {
                CacheService service = context.getBean(CacheService.class);
                Cache<String> texts = service.cache("texts", String.class);

                assertThat(texts.get("key", () -> "loaded")).isEqualTo("loaded");
                assertThat(service.ping()).isFalse();
                assertThat(service.healthCheck(Duration.ofSeconds(10)).toString())
                        .contains("WRONGPASS")
                        .doesNotContain("wrong-password");
            });
        }
    }

    private static String[] tls(TlsRedis redis, String where, String password) {
        List<String> properties = new ArrayList<>(List.of(
                "spring.ssl.bundle.pem.redis.truststore.certificate=file:" + redis.certificate(),
                where + "host=" + redis.host(),
                where + "port=" + redis.port(),
                where + "username=" + TlsRedis.USER,
                where + "password=" + password));
        properties.add(where.equals(OWN) ? where + "ssl-bundle=redis" : where + "ssl.bundle=redis");
        return properties.toArray(String[]::new);
    }

    /** What takes keys of several nodes, scripts, a scan and a group. */
    private static void use(CacheService service) {
        await().until(service::ping);
        Cache<String> texts = service.cache("texts", String.class);
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            values.put("key-" + i, "value-" + i);
        }

        texts.putMany(values);

        assertThat(texts.getMany(values.keySet()).found()).containsExactlyInAnyOrderEntriesOf(values);
        assertThat(texts.get("loaded", () -> "value")).isEqualTo("value");
        assertThat(texts.lookup("loaded").isPresent()).isTrue();
        try (Stream<String> keys = texts.keys("key-*")) {
            assertThat(keys).containsExactlyInAnyOrderElementsOf(values.keySet());
        }
        assertThat(texts.deletePattern("key-1*")).isEqualTo(11);
        assertThat(texts.clear()).isEqualTo(MANY - 10);
        assertThat(texts.getMany(values.keySet()).found()).isEmpty();
        assertThat(service.stats().errors()).isZero();
    }
}
