package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.HeapBytes;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers whose compiler does not check for nulls get the error of any other key that cannot be one. */
@SuppressWarnings("NullAway")
class NullKeyTest {

    private static final String NONE = null;

    static Stream<Arguments> operations() {
        Map<String, Consumer<Cache<String>>> operations = Map.ofEntries(
                Map.entry("get", cache -> cache.get(NONE)),
                Map.entry("load", cache -> cache.get(NONE, () -> "loaded")),
                Map.entry("load anew", cache -> cache.get(NONE, () -> "loaded", CallOptions.NONE.skipRead())),
                Map.entry("lookup", cache -> cache.lookup(NONE)),
                Map.entry("get many", cache -> cache.getMany(Arrays.asList("a", NONE))),
                Map.entry("put", cache -> cache.put(NONE, "value")),
                Map.entry("put if absent", cache -> cache.putIfAbsent(NONE, "value")),
                Map.entry("put many", cache -> cache.putMany(Collections.singletonMap(NONE, "value"))),
                Map.entry("delete", cache -> cache.delete(NONE)),
                Map.entry("delete many", cache -> cache.deleteMany(Arrays.asList("a", NONE))),
                Map.entry("exists", cache -> cache.exists(NONE)),
                Map.entry("ttl", cache -> cache.ttl(NONE)),
                Map.entry("increment", cache -> cache.increment(NONE, 1)));
        return operations.entrySet().stream().flatMap(operation -> Stream.of("memory", "remote")
                .map(backend -> Arguments.of(backend, operation.getKey(), operation.getValue())));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("operations")
    void a_null_is_no_key(String backend, String operation, Consumer<Cache<String>> call) {
        CacheBackend store = backend.equals("memory")
                ? MemoryBackend.builder().build()
                : new EncodedBackend(new HeapBytes(new HeapBytes.Server(TimeSource.SYSTEM)), "test");
        Cache<String> cache = LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("only", store)
                .build()
                .cache("words", String.class);

        assertThatThrownBy(() -> call.accept(cache))
                .isInstanceOf(CacheKeyException.class)
                .hasMessageContaining("null");
        assertThatThrownBy(() -> CacheKey.of(NONE)).isInstanceOf(CacheKeyException.class);
    }
}
