package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.AgeTtl;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private final ManualTime time = new ManualTime();

    @Test
    void defaultsApplyWhereNothingIsSaid() {
        CachePolicy policy = builder().build().cache("c", String.class).policy();

        assertThat(policy.backend()).isEqualTo("memory");
        assertThat(policy.ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.nullTtl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.jitter()).isEqualTo(0.1);
        assertThat(policy.cacheNulls()).isTrue();
        assertThat(policy.failOpen()).isTrue();
        assertThat(policy.accessTracking()).isFalse();
        assertThat(policy.sliding()).isFalse();
        assertThat(policy.pointerTtl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policy)
                .extracting(
                        CachePolicy::ageTtl, CachePolicy::failSafe, CachePolicy::loadTimeout, CachePolicy::refreshAhead)
                .containsOnlyNulls();
    }

    @Test
    void configuredFeaturesGoBeforeThoseOfTheSpecAlsoWhenTheyAreOff() {
        LoadTimeout timeout = new LoadTimeout(null, Duration.ofSeconds(2));
        CacheService service = builder()
                .cache(CacheSpec.of("c", Object.class)
                        .sliding(false)
                        .ageTtl(new AgeTtl(0.5, Duration.ofSeconds(1), Duration.ofSeconds(9)))
                        .failSafe(null)
                        .loadTimeout(timeout)
                        .build())
                .build();

        CachePolicy policy = service.cache(CacheSpec.of("c", String.class)
                        .sliding(true)
                        .pointerTtl(Duration.ofSeconds(7))
                        .ageTtl(AgeTtl.DEFAULT)
                        .failSafe(FailSafe.DEFAULT)
                        .loadTimeout(new LoadTimeout(Duration.ofMillis(1), null))
                        .refreshAhead(RefreshAhead.DEFAULT)
                        .build())
                .policy();

        assertThat(policy.sliding()).isFalse();
        assertThat(policy.pointerTtl()).isEqualTo(Duration.ofSeconds(7));
        assertThat(policy.ageTtl()).isEqualTo(new AgeTtl(0.5, Duration.ofSeconds(1), Duration.ofSeconds(9)));
        assertThat(policy.failSafe()).isNull();
        assertThat(policy.loadTimeout()).isEqualTo(timeout);
        assertThat(policy.refreshAhead()).isEqualTo(RefreshAhead.DEFAULT);
    }

    @Test
    void theAgeOfAValueDecidesItsLifetimeUnlessOneIsGiven() {
        Cache<String> cache = byAge("c");
        Instant anHourAgo = time.now().minus(Duration.ofHours(1));

        cache.put("put", "v", CallOptions.NONE.lastUpdated(anHourAgo));
        cache.put("unknown", "v");
        cache.put("ttl", "v", CallOptions.NONE.lastUpdated(anHourAgo).ttl(Duration.ofMinutes(2)));
        cache.put("null", null, CallOptions.NONE.lastUpdated(anHourAgo));

        assertThat(cache.ttl("put")).contains(Duration.ofMinutes(6));
        assertThat(cache.ttl("unknown")).contains(Duration.ofMinutes(9));
        assertThat(cache.ttl("ttl")).contains(Duration.ofMinutes(2));
        assertThat(cache.ttl("null")).contains(Duration.ofMinutes(1));
    }

    @Test
    void aLoadSaysWhenItsValueLastChanged() {
        Cache<String> cache = byAge("c");
        Instant anHourAgo = time.now().minus(Duration.ofHours(1));

        cache.<RuntimeException>get("said", load -> {
            load.lastUpdated(anHourAgo);
            return "v";
        });
        cache.<RuntimeException>get("unsaid", load -> "v");

        assertThat(cache.ttl("said")).contains(Duration.ofMinutes(6));
        assertThat(cache.ttl("unsaid")).contains(Duration.ofMinutes(9));
    }

    @Test
    void aCacheWithoutAgeTtlLeavesTheTimestampUnused() {
        Cache<String> cache = builder()
                .build()
                .cache(CacheSpec.of("c", String.class).jitter(0).build());

        cache.put("k", "v", CallOptions.NONE.lastUpdated(Instant.EPOCH));

        assertThat(cache.ttl("k")).contains(Duration.ofMinutes(5));
    }

    @Test
    void configurationGoesBeforeTheSpecAndTheSpecBeforeTheBackend() {
        CacheService service = LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("memory", MemoryBackend.builder().build(), Duration.ofHours(1))
                .cache(CacheSpec.of("configured", Object.class)
                        .ttl(Duration.ofSeconds(7))
                        .build())
                .build();

        assertThat(service.cache(CacheSpec.of("configured", String.class)
                                .ttl(Duration.ofSeconds(1))
                                .jitter(0.5)
                                .build())
                        .policy())
                .extracting(CachePolicy::ttl, CachePolicy::jitter)
                .containsExactly(Duration.ofSeconds(7), 0.5);
        assertThat(service.cache("other", String.class).policy().ttl()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theCallGoesBeforeThePolicy() {
        Cache<String> cache = builder()
                .random(() -> 0)
                .build()
                .cache(CacheSpec.of("c", String.class)
                        .ttl(Duration.ofMinutes(1))
                        .build());

        cache.put("k", "v", CallOptions.NONE.ttl(Duration.ofMinutes(9)));

        assertThat(cache.ttl("k")).contains(Duration.ofMinutes(9));
    }

    @Test
    void jitterShortensByItsPartAtMost() {
        Cache<String> cache = builder()
                .random(() -> 0.999999)
                .build()
                .cache(CacheSpec.of("c", String.class)
                        .ttl(Duration.ofSeconds(100))
                        .jitter(0.25)
                        .build());

        cache.put("k", "v");

        assertThat(cache.ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(75), Duration.ofMillis(75_001));
    }

    @Test
    void anEternalCacheNeverExpires() {
        Cache<String> cache = builder()
                .build()
                .cache(CacheSpec.of("c", String.class).eternal().build());

        cache.put("k", "v");
        time.advance(Duration.ofDays(40_000));

        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(cache.ttl("k")).isEmpty();
        assertThat(cache.getEntry("k").orElseThrow().expiresAt()).isNull();
    }

    @Test
    void nullsLiveAsLongAsNullTtlSays() {
        Cache<String> cache = builder()
                .build()
                .cache(CacheSpec.of("c", String.class)
                        .nullTtl(Duration.ofSeconds(2))
                        .jitter(0)
                        .build());

        cache.put("k", null);

        assertThat(cache.ttl("k")).contains(Duration.ofSeconds(2));
    }

    @Test
    void whereNullsAreOffANullTakesTheOldValueAway() {
        Cache<String> cache = builder()
                .build()
                .cache(CacheSpec.of("c", String.class).cacheNulls(false).build());
        cache.put("k", "old");

        cache.put("k", null);

        assertThat(cache.exists("k")).isFalse();
    }

    @Test
    void theFacadeFollowsThePolicyOfAHandleOfTheName() {
        CacheService service = builder().random(() -> 0).build();
        service.cache(CacheSpec.of("c", String.class).ttl(Duration.ofSeconds(3)).build());

        service.put(CacheKey.of("k").in("c"), "v");

        assertThat(service.ttl(CacheKey.of("k").in("c"))).contains(Duration.ofSeconds(3));
    }

    @Test
    void aCacheIsFoundOnceItIsConfiguredHeldOrUsedAndNotBefore() {
        CacheService service = builder()
                .cache(CacheSpec.of("configured", Object.class).build())
                .build();
        service.cache("held", String.class);
        service.put(CacheKey.of("k").in("used"), "v");
        service.put(CacheKey.of("k"), "without namespace");

        assertThat(service.find("unknown")).isEmpty();
        assertThat(service.find("configured")).isPresent();
        assertThat(service.find("held")).isPresent();
        assertThat(service.find("used").orElseThrow().get("k")).isEqualTo("v");
        assertThat(service.find(CacheService.UNNAMED).orElseThrow().get("k")).isEqualTo("without namespace");
    }

    @Test
    void handlesOfOneNameMustAgreeInWhatTheyShare() {
        CacheService service = builder().build();
        service.cache(CacheSpec.of("c", String.class).maxEntries(5).build());

        assertThatThrownBy(() -> service.cache(
                        CacheSpec.of("c", String.class).maxEntries(6).build()))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("max-entries")
                .hasMessageContaining("'6'")
                .hasMessageContaining("'5'");
    }

    @Test
    void anUnknownBackendOrCodecIsRefusedWithThoseThereAre() {
        CacheService service = builder().build();

        assertThatThrownBy(() -> service.cache(
                        CacheSpec.of("c", String.class).backend("redsi").build()))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("redsi")
                .hasMessageContaining("[memory]");
        assertThatThrownBy(() -> service.cache(
                        CacheSpec.of("c", String.class).codec("jsno").build()))
                .hasMessageContaining("jsno");
        assertThatThrownBy(() -> service.on("nowhere")).hasMessageContaining("nowhere");
    }

    @Test
    void withoutADefaultAmongSeveralBackendsNothingIsBuilt() {
        LexigramCache.Builder two =
                builder().backend("second", MemoryBackend.builder().build());

        assertThatThrownBy(two::build)
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("default-backend")
                .hasMessageContaining("[memory, second]");
    }

    @Test
    void namespacesThatOnlyKeysNameGiveWayToLaterOnes() {
        CacheService service = builder().maxCaches(20).build();
        service.cache("held", String.class).put("k", "v");

        for (int i = 0; i < 100; i++) {
            service.put(CacheKey.of("profile").in("user:" + i), "v");
            time.advance(Duration.ofMillis(1));
        }

        assertThat(service.cacheNames()).hasSizeLessThanOrEqualTo(21).contains("held", "user:99");
        assertThat(service.get(CacheKey.of("profile").in("user:99"), String.class))
                .isEqualTo("v");
        assertThat(service.cache("held", String.class).get("k")).isEqualTo("v");
    }

    @Test
    void moreHandlesThanTheBoundAreRefused() {
        CacheService service = builder().maxCaches(2).build();
        service.cache("a", String.class);
        service.cache("b", String.class);

        assertThatThrownBy(() -> service.cache("c", String.class))
                .isInstanceOf(CacheCapacityException.class)
                .hasMessageContaining("2 caches");
        assertThat(service.cache("a", String.class).name()).isEqualTo("a");
    }

    @Test
    void aDisabledServiceRunsLoadsAndHoldsNothing() {
        CacheService disabled = LexigramCache.disabled();
        Cache<String> cache = disabled.cache("c", String.class);

        cache.put("k", "v");

        assertThat(cache.get("k")).isNull();
        assertThat(cache.<RuntimeException>get("k", () -> "loaded")).isEqualTo("loaded");
        assertThat(cache.<RuntimeException>get("k", () -> "again")).isEqualTo("again");
        assertThat(disabled.ping()).isTrue();
    }

    private Cache<String> byAge(String name) {
        return builder()
                .build()
                .cache(CacheSpec.of(name, String.class)
                        .ttl(Duration.ofMinutes(9))
                        .nullTtl(Duration.ofMinutes(1))
                        .jitter(0)
                        .ageTtl(AgeTtl.DEFAULT)
                        .build());
    }

    private LexigramCache.Builder builder() {
        return LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .time(time.source())
                .backend(
                        "memory",
                        MemoryBackend.builder()
                                .time(time.source())
                                .executor(Runnable::run)
                                .build());
    }
}
