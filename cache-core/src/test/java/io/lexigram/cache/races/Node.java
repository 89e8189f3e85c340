package io.lexigram.cache.races;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memcached.MemcachedSettings;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.history.PlantedFault;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process of an application, with a service of its own over the Redis of all. */
final class Node implements AutoCloseable {

    static final String CACHE = "c";

    /** Longer than any gate stays closed. A connection on which nothing is answered for longer is given up. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final Wire wire;
    private final GatedBytes gates;
    private final Function<String, Gate> gate;
    private final CacheService service;
    private final Cache<String> cache;

    /**
     * @param gate makes the gates at which calls stop
     * @param server the address of a Redis, or {@code host:port} of a Memcached
     */
    Node(Function<String, Gate> gate, String server, String prefix, PlantedFault fault, Means means) {
        this.gate = gate;
        this.wire = new Wire(fault == PlantedFault.NONE ? Races.PATIENCE : Races.PATIENCE_WITH_FAULT);
        this.gates = new GatedBytes(wire);
        KeyCodec keys = server.contains("://") ? new KeyCodec(prefix) : MemcachedBackend.keys(prefix);
        ByteBackend backend = server.contains("://") ? redis(server, keys) : memcached(server, keys);
        this.service = means.builder()
                .backend(
                        "redis",
                        tiered(
                                means.heartbeat(),
                                fault,
                                fault.plantedIn(new EncodedBackend(
                                        gates.wrap(fault.plantedIn(backend)),
                                        keys,
                                        means.deadline(),
                                        TimeSource.SYSTEM))))
                .codec(new JsonCodec())
                .circuitBreaker(null)
                .build();
        this.cache = service.cache(
                CacheSpec.of(CACHE, String.class).eternal().failOpen(false).build());
    }

    private static ByteBackend redis(String url, KeyCodec keys) {
        RedisSettings settings =
                RedisSettings.builder().url(url).commandTimeout(DEADLINE).build();
        return RedisBackend.connectingTo(settings, keys, TimeSource.SYSTEM, RedisConnectionListener.NONE);
    }

    private static ByteBackend memcached(String address, KeyCodec keys) {
        MemcachedSettings settings = new MemcachedSettings(List.of(address), DEADLINE, DEADLINE, 2);
        return MemcachedBackend.listingKeys(settings, keys, TimeSource.SYSTEM);
    }

    private static CacheBackend tiered(@Nullable Duration heartbeat, PlantedFault fault, CacheBackend shared) {
        return heartbeat == null
                ? shared
                : fault.tier()
                        .tier(MemoryBackend.builder().build(), shared)
                        .heartbeat(heartbeat)
                        .build();
    }

    /** What the messages of its local tier pass. */
    Wire wire() {
        return wire;
    }

    /** Reads the key. @return whether its next read would be answered by a copy */
    boolean copies(String key) {
        return cache.get(key) != null && cache.inspect(key).answeredBy().endsWith(".l1");
    }

    CacheService service() {
        return service;
    }

    Cache<String> cache() {
        return cache;
    }

    /** What is stored under the key, or null. */
    @Nullable
    String stored(String key) {
        return cache.get(key);
    }

    /** The value, loaded where there is none; loaded values carry these tags. */
    String get(String key, Supplier<String> loader, String... tags) {
        return String.valueOf(cache.<RuntimeException>get(key, () -> loader.get(), CallOptions.NONE.tags(tags)));
    }

    /** The next call of this operation of the backend stops on its way there. */
    Gate pauseBefore(String operation) {
        Gate gate = this.gate.apply("before " + operation);
        gates.before(operation, gate);
        return gate;
    }

    /** The answer to the next call of this operation of the backend stops on its way back. */
    Gate pauseAfter(String operation) {
        Gate gate = this.gate.apply("after " + operation);
        gates.after(operation, gate);
        return gate;
    }

    @Override
    public void close() throws Exception {
        service.close();
    }
}
