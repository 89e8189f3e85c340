package io.lexigram.cache.service;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** All ways to invalidate the entry {@code k} of the cache {@code c} with the tag {@code t}, each with its name. */
final class EveryInvalidation {

    private EveryInvalidation() {}

    static Stream<Arguments> all() {
        return Stream.of(
                named("delete", (service, cache) -> cache.delete("k")),
                named("deleteMany", (service, cache) -> cache.deleteMany(List.of("k", "l"))),
                named("deletePattern", (service, cache) -> cache.deletePattern("k*")),
                named("invalidateTags", (service, cache) -> cache.invalidateTags("t")),
                named("clear", (service, cache) -> cache.clear()),
                named("a hard delete", (service, cache) -> cache.versioned().delete("k", true)),
                named(
                        "delete on the service",
                        (service, cache) -> service.delete(CacheKey.of("k").in("c"))),
                named("deletePattern on the service", (service, cache) -> service.deletePattern("c:k")),
                named("deleteNamespace", (service, cache) -> service.deleteNamespace("c")),
                named("invalidateTags on the service", (service, cache) -> service.invalidateTags("t")),
                named("clear on the service", (service, cache) -> service.clear()));
    }

    static Arguments named(String name, BiConsumer<CacheService, Cache<String>> invalidation) {
        return Arguments.of(name, invalidation);
    }
}
