package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheInvalidationException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CacheStats;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import io.lexigram.cache.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While the backend does not answer the application gets its values from their source, and no outage is a miss. */
abstract class OutageContract extends Laws {

    private static final CacheKey KEY = CacheKey.of("k").in("texts");

    private final Outage outage = new Outage();

    @BeforeEach
    void openServiceThatFailsOpen() {
        service = service(builder ->
                builder.backend("primary", outage.around(fixture.open(HERE))).failOpen(true));
        texts = cache("texts", String.class);
        texts.put("k", "stored");
        outage.begin();
    }

    private void end(long errors) {
        outage.end();
        Awaitility.await().until(() -> service.metrics().pendingInvalidations() == 0);
        announcedErrors = errors;
    }

    @Test
    void reads_answer_as_if_there_were_nothing_and_tell_it_from_a_miss() {
        assertThat(texts.get("k")).isNull();
        assertThat(texts.exists("k")).isFalse();
        assertThat(texts.getEntry("k")).isEmpty();
        assertThat(texts.ttl("k")).isEmpty();
        assertThat(texts.keys("*")).isEmpty();
        assertThat(service.keys("*")).isEmpty();
        assertThat(texts.lookup("k")).isInstanceOfSatisfying(Lookup.Failed.class, failed -> assertThat(failed.cause())
                .isInstanceOf(CacheConnectionException.class));
        assertThat(texts.getMany(List.of("k", "l")).failed()).containsOnlyKeys("k", "l");
        assertThat(texts.getMany(List.of("k")).missing()).isEmpty();
        assertThat(service.getOrDefault(KEY, String.class, "fallback")).isEqualTo("fallback");

        CacheStats stats = texts.stats();
        assertThat(stats.hits()).isZero();
        assertThat(stats.misses()).isZero();
        assertThat(stats.errors()).isEqualTo(9);
        end(9);
        assertThat(texts.get("k")).isEqualTo("stored");
    }

    @Test
    void loads_answer_and_store_nothing_of_which_nobody_knows_whether_it_was_there() throws IOException {
        IOException failure = new IOException("no database");

        assertThat(texts.get("k", () -> "loaded")).isEqualTo("loaded");
        assertThat(texts.getAll(List.of("k"), missing -> Map.of("k", "loaded"))).containsEntry("k", "loaded");
        assertThat(Together.outcome(texts.async()
                        .get("k", context -> Together.begin(() -> "loaded"))
                        .toCompletableFuture()))
                .isEqualTo("loaded");
        assertThatThrownBy(() -> texts.get("k", () -> {
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(texts.stats().misses()).isZero();
        end(texts.stats().errors());
        assertThat(texts.get("k")).isEqualTo("stored");
    }

    @Test
    void writes_are_dropped_and_invalidations_are_kept_until_the_backend_is_back() {
        texts.put("k", "v");
        assertThat(texts.putIfAbsent("l", "v")).isFalse();
        texts.putMany(Map.of("k", "v"));
        assertThat(texts.delete("k")).isFalse();
        assertThat(texts.deleteMany(List.of("k"))).isZero();
        assertThat(texts.deletePattern("*")).isZero();
        assertThat(texts.clear()).isZero();
        assertThat(texts.invalidateTags("red")).isZero();
        assertThat(texts.expire("k", Duration.ofHours(1))).isFalse();
        service.invalidate(KEY);

        assertThat(texts.stats().errors()).isEqualTo(10);
        assertThat(service.clear()).isZero();
        assertThat(service.deleteNamespace("texts")).isZero();
        assertThat(service.invalidateTags("red")).isZero();
        assertThat(service.deletePattern("*")).isZero();
        end(10);
        assertThat(texts.exists("l")).isFalse();
        assertThat(texts.lookup("k")).isInstanceOf(Lookup.Miss.class);
    }

    @Test
    void counters_never_invent_a_number() {
        assertThatThrownBy(() -> texts.increment("n", 1))
                .isInstanceOfSatisfying(CacheConnectionException.class, fault -> {
                    assertThat(fault.backend()).isEqualTo("primary");
                    assertThat(fault.namespace()).isEqualTo("texts");
                    assertThat(fault.key()).isEqualTo("n");
                });
        assertThatThrownBy(() -> service.increment(KEY, 1)).isInstanceOf(CacheException.class);

        end(2);
    }

    @Test
    void results_show_every_fault() {
        var results = texts.results();
        List<Result<?>> all = List.of(
                results.get("k"),
                results.lookup("k"),
                results.getEntry("k"),
                results.getMany(List.of("k")),
                results.put("k", "v"),
                results.putIfAbsent("k", "v"),
                results.putMany(Map.of("k", "v")),
                results.delete("k"),
                results.deleteMany(List.of("k")),
                results.invalidateTags("red"),
                results.deletePattern("*"),
                results.clear(),
                results.exists("k"),
                results.expire("k", Duration.ofHours(1)),
                results.ttl("k"),
                results.increment("k", 1),
                results.decrement("k", 1),
                results.keys("*"),
                service.results().get(KEY, String.class),
                service.results().getMany(List.of(KEY), TypeRef.of(String.class)),
                service.results().put(KEY, "v"),
                service.results().putMany(Map.of(KEY, "v"), DEFAULTS),
                service.results().deleteMany(List.of(KEY)),
                service.results().clear(),
                service.results().invalidateTags("red"),
                service.results().deletePattern("*"),
                service.results().deleteNamespace("texts"),
                service.results().keys("*"));

        assertThat(all).allSatisfy(result -> assertThat(result).isInstanceOf(Result.Failure.class));
        end(texts.stats().errors());
    }

    @Test
    void a_cache_that_does_not_fail_open_throws() {
        Cache<String> strict = service.cache(
                CacheSpec.of("strict", String.class).failOpen(false).build());

        assertThatThrownBy(() -> strict.get("k")).isInstanceOf(CacheConnectionException.class);
        assertThatThrownBy(() -> strict.get("k", () -> "loaded")).isInstanceOf(CacheConnectionException.class);
        assertThatThrownBy(() -> strict.put("k", "v")).isInstanceOf(CacheConnectionException.class);
        assertThatThrownBy(() -> strict.delete("k"))
                .isInstanceOf(CacheInvalidationException.class)
                .hasCauseInstanceOf(CacheConnectionException.class);
        assertThatThrownBy(() -> strict.clear())
                .isInstanceOfSatisfying(CacheInvalidationException.class, fault -> assertThat(fault.isPending())
                        .isTrue());

        end(5);
    }

    @Test
    void health_says_which_backend_is_down_and_when_it_is_up_again() {
        CacheHealth health = service.healthCheck(Duration.ofSeconds(5));

        assertThat(health.status()).isEqualTo(CacheHealth.Status.DOWN);
        assertThat(health.message()).contains("primary").contains(Outage.MESSAGE);
        assertThat(service.ping()).isFalse();
        end(0);
        assertThat(service.ping()).isTrue();
    }

    @Test
    void one_backend_that_is_down_is_no_outage_of_the_other() {
        needs(Capability.KEY_SCAN);
        CacheService both = service(builder -> builder.backend("down", outage.around(fixture.open("down")))
                .backend("up", fixture.open("up"))
                .defaultBackend("up")
                .failOpen(true));
        both.put(KEY, "v");

        assertThat(both.healthCheck(Duration.ofSeconds(5)).status()).isEqualTo(CacheHealth.Status.DEGRADED);
        assertThat(both.get(KEY, String.class)).isEqualTo("v");
        both.clear();
        assertThat(both.exists(KEY)).as("the backend that is up was cleared").isFalse();

        end(0);
    }
}
