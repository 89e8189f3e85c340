package io.lexigram.cache.threads;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything a caller can wait for, each on a key of its own, by name. */
final class Operations {

    private static final Duration HEALTH_PATIENCE = Duration.ofMinutes(1);

    private final Map<String, Runnable> all = new LinkedHashMap<>();

    /** @param versions whether the backend keeps them */
    Operations(CacheService service, boolean versions) {
        Cache<String> cache = service.cache("threads", String.class);
        all.put("get", () -> cache.get("get"));
        all.put("load", () -> cache.<RuntimeException>get("load", () -> "value"));
        all.put("lookup", () -> cache.lookup("lookup"));
        all.put("inspect", () -> cache.inspect("inspect"));
        all.put("getEntry", () -> cache.getEntry("getEntry"));
        all.put("getMany", () -> cache.getMany(List.of("many1", "many2")));
        all.put(
                "getAll",
                () -> cache.<RuntimeException>getAll(List.of("all1", "all2"), keys -> Map.of("all1", "value")));
        all.put("put", () -> cache.put("put", "value"));
        all.put("putIfAbsent", () -> cache.putIfAbsent("putIfAbsent", "value"));
        all.put("putMany", () -> cache.putMany(Map.of("putMany1", "value", "putMany2", "value")));
        all.put("reserve", () -> cache.reserve("reserve").close());
        all.put("invalidate", () -> cache.invalidate("invalidate"));
        all.put("deleteMany", () -> cache.deleteMany(List.of("delete1", "delete2")));
        all.put("invalidateTags", () -> cache.invalidateTags("tag"));
        all.put("deletePattern", () -> cache.deletePattern("pattern*"));
        all.put("exists", () -> cache.exists("exists"));
        all.put("expire", () -> cache.expire("expire", Duration.ofMinutes(1)));
        all.put("ttl", () -> cache.ttl("ttl"));
        all.put("increment", () -> cache.increment("increment", 1));
        all.put("keys", () -> cache.keys("*").forEach(key -> {}));
        all.put("clear", () -> service.cache("threads-cleared", String.class).clear());
        all.put("counter", () -> service.counter("threads").incr());
        all.put("ping", service::ping);
        all.put("health", () -> service.healthCheck(HEALTH_PATIENCE));
        if (versions) {
            all.put("set version", () -> cache.versioned().set("version", "1", "value"));
            all.put("get version", () -> cache.versioned().get("version", "1"));
            all.put("delete version", () -> cache.versioned().delete("version", true));
        }
    }

    Map<String, Runnable> all() {
        return all;
    }
}
