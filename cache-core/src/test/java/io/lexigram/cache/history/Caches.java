package io.lexigram.cache.history;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memcached.MemcachedSettings;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.SentinelTrio;
import java.time.Duration;
import java.util.List;

/** The caches that are tested, as an application without Spring has them. */
final class Caches {

    /** That of a busy machine: how fast Redis answers is not what this is about. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Short, so that two of them are. */
    static final Duration HEARTBEAT = Duration.ofMillis(200);

    /** Where servers fail that is not waited for. */
    private static final Duration SHORT_DEADLINE = Duration.ofSeconds(1);

    /** A few loads long. */
    private static final Duration LIFETIME = Duration.ofMillis(60);

    private static final Duration THROTTLE = Duration.ofMillis(20);

    /** Shorter than most loads. */
    private static final Duration SOFT = Duration.ofMillis(8);

    /** What the name of a backend begins with whose address follows. */
    static final String MEMCACHED = "memcached-";

    private Caches() {}

    /** One cache keeps what it has; the values of the others end, are loaded anew before their end and stand in after it. */
    static CacheSpec<Stamped> specOf(Plan plan, String name) {
        CacheSpec.Builder<Stamped> spec = CacheSpec.of(name, Stamped.class).failOpen(plan.mayFail());
        return name.equals(Plan.CACHES.get(0))
                ? spec.eternal().build()
                : spec.ttl(LIFETIME)
                        .failSafe(new FailSafe(Duration.ofMinutes(1), THROTTLE))
                        .loadTimeout(new LoadTimeout(SOFT, null))
                        .refreshAhead(RefreshAhead.DEFAULT)
                        .build();
    }

    static CacheService serviceOf(Plan plan) {
        return LexigramCache.builder()
                .backend(plan.type(), backend(plan))
                .failOpen(plan.mayFail())
                .codec(new JsonCodec())
                .circuitBreaker(null)
                .build();
    }

    private static CacheBackend backend(Plan plan) {
        if (plan.isTiered()) {
            return plan.fault()
                    .tier()
                    .tier(memory(), redis(plan))
                    .heartbeat(HEARTBEAT)
                    .build();
        }
        if (plan.type().equals("memory")) {
            return memory();
        }
        return plan.backend().startsWith(MEMCACHED) ? memcached(plan) : redis(plan);
    }

    private static CacheBackend memcached(Plan plan) {
        String server = plan.backend().substring(MEMCACHED.length());
        KeyCodec keys = MemcachedBackend.keys(plan.prefix());
        return new EncodedBackend(
                MemcachedBackend.listingKeys(
                        new MemcachedSettings(List.of(server), DEADLINE, DEADLINE, 1), keys, TimeSource.SYSTEM),
                keys,
                DEADLINE,
                TimeSource.SYSTEM);
    }

    private static CacheBackend memory() {
        return MemoryBackend.builder().build();
    }

    private static CacheBackend redis(Plan plan) {
        Duration deadline = plan.mayFail() ? SHORT_DEADLINE : DEADLINE;
        RedisSettings.Builder settings = RedisSettings.builder().commandTimeout(deadline);
        switch (plan.sharedType()) {
            case "cluster" -> settings.clusterNodes(plan.nodes());
            case "sentinel" -> settings.sentinel(SentinelTrio.MASTER, plan.nodes());
            default -> settings.url(plan.redis());
        }
        KeyCodec keys = new KeyCodec(plan.prefix());
        ByteBackend redis =
                RedisBackend.connectingTo(settings.build(), keys, TimeSource.SYSTEM, RedisConnectionListener.NONE);
        return plan.fault()
                .plantedIn(new EncodedBackend(plan.fault().plantedIn(redis), keys, deadline, TimeSource.SYSTEM));
    }
}
