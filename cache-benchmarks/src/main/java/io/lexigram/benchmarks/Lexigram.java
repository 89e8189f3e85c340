package io.lexigram.benchmarks;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;

/** Our services, as their properties make them by default, but patient with a busy machine: there a slow call is no failure. */
public final class Lexigram {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TTL = Duration.ofHours(1);

    private Lexigram() {}

    public static CacheService memory() {
        return memory(MemoryBackend.DEFAULT_MAX_SIZE);
    }

    public static CacheService memory(long maxSize) {
        return service(MemoryBackend.builder().maxSize(maxSize).build());
    }

    public static CacheService redis() {
        return redis(Redis.uri());
    }

    /** @param uri of the server, or of something in between */
    public static CacheService redis(String uri) {
        return service(redisBackend(uri));
    }

    /** Copies in memory before {@link #redis()}. */
    public static CacheService tiered() {
        return service(TieredBackend.builder(MemoryBackend.builder().build(), redisBackend(Redis.uri()))
                .build());
    }

    public static Cache<Product> products(CacheService service) {
        return service.cache(CacheSpec.of("products", Product.class).ttl(TTL).build());
    }

    private static CacheService service(CacheBackend backend) {
        return LexigramCache.builder()
                .backend("measured", backend)
                .codec(new JsonCodec())
                .circuitBreaker(CircuitBreakerSettings.DEFAULT.slowCall(PATIENCE))
                .build();
    }

    private static EncodedBackend redisBackend(String uri) {
        KeyCodec keys = new KeyCodec("lexigram");
        RedisSettings settings =
                RedisSettings.builder().url(uri).commandTimeout(PATIENCE).build();
        return new EncodedBackend(
                RedisBackend.connectingTo(settings, keys, TimeSource.SYSTEM, RedisConnectionListener.NONE),
                keys,
                PATIENCE,
                TimeSource.SYSTEM);
    }
}
