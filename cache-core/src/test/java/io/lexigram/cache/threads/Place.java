package io.lexigram.cache.threads;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memcached.MemcachedSettings;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.List;

/** Where calls wait for a server. */
enum Place {
    REDIS,
    TIERED,
    MEMCACHED;

    /** Longer than a server is stopped for. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** @param address {@code redis://host:port}, or {@code host:port} of a Memcached */
    CacheService service(String address) {
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .circuitBreaker(null)
                .backend("backend", backend(address))
                .build();
    }

    private CacheBackend backend(String address) {
        return switch (this) {
            case REDIS -> redis(address);
            case TIERED ->
                TieredBackend.builder(MemoryBackend.builder().build(), redis(address))
                        .build();
            case MEMCACHED -> memcached(address);
        };
    }

    private static CacheBackend redis(String address) {
        KeyCodec keys = new KeyCodec("threads");
        RedisSettings settings =
                RedisSettings.builder().url(address).commandTimeout(PATIENCE).build();
        return new EncodedBackend(
                RedisBackend.connectingTo(settings, keys, TimeSource.SYSTEM, RedisConnectionListener.NONE),
                keys,
                PATIENCE,
                TimeSource.SYSTEM);
    }

    private static CacheBackend memcached(String address) {
        KeyCodec keys = MemcachedBackend.keys("threads");
        MemcachedSettings settings = new MemcachedSettings(List.of(address), PATIENCE, PATIENCE, 2);
        return new EncodedBackend(
                MemcachedBackend.listingKeys(settings, keys, TimeSource.SYSTEM), keys, PATIENCE, TimeSource.SYSTEM);
    }
}
