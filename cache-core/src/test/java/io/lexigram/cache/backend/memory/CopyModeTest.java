package io.lexigram.cache.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CopyModeTest {

    private static final TypeRef<List<Item>> ITEMS = new TypeRef<>() {};

    record Item(String name, List<String> tags) {}

    record Point(int x, BigDecimal y, @Nullable Point next, Side side, LocalDate day) {}

    enum Side {
        LEFT,
        RIGHT {
            @Override
            public String toString() {
                return "right";
            }
        }
    }

    static final class Opaque {}

    @ParameterizedTest
    @CsvSource({"NONE, true, true", "ON_READ, true, false", "ON_WRITE, false, true", "BOTH, false, false"})
    void whoChangesAnObjectChangesTheCacheOnlyWhereItIsShared(
            CopyMode mode, boolean sharedWithWriter, boolean sharedWithReader) {
        Cache<List<Item>> cache = service(mode).cache("c", ITEMS);
        List<Item> written = items("a");
        cache.put("k", written);

        written.get(0).tags().add("by the writer");
        assertThat(tags(cache).contains("by the writer")).isEqualTo(sharedWithWriter);

        tags(cache).add("by a reader");
        assertThat(tags(cache).contains("by a reader")).isEqualTo(sharedWithReader);
    }

    @ParameterizedTest
    @EnumSource(names = {"ON_WRITE", "BOTH"})
    void whatIsStoredInAnyWayIsTheCachesOwn(CopyMode mode) {
        Cache<List<Item>> cache = service(mode).cache("c", ITEMS);
        List<Item> value = items("a");

        cache.put("put", value);
        cache.putIfAbsent("absent", value);
        cache.putMany(Map.of("many", value));
        assertThat(cache.<RuntimeException>get("loaded", () -> value)).isSameAs(value);
        value.get(0).tags().add("later");

        for (String key : List.of("put", "absent", "many", "loaded")) {
            assertThat(cache.get(key)).as(key).isEqualTo(items("a"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ON_READ", "BOTH"})
    void whatIsReadInAnyWayIsTheReadersOwn(CopyMode mode) {
        Cache<List<Item>> cache = service(mode).cache("c", ITEMS);
        cache.put("k", items("a"));

        Objects.requireNonNull(cache.get("k")).clear();
        Objects.requireNonNull(cache.lookup("k").orElse(null)).clear();
        cache.getMany(List.of("k")).found().get("k").clear();
        cache.getEntry("k").orElseThrow().value().clear();
        cache.<RuntimeException>get("k", () -> items("never")).clear();

        assertThat(cache.get("k")).isEqualTo(items("a"));
    }

    @Test
    void immutableValuesAreNotCopied() {
        CacheService service = service(CopyMode.BOTH);
        Point point = new Point(
                1,
                BigDecimal.ONE,
                new Point(2, BigDecimal.TEN, null, Side.RIGHT, LocalDate.MIN),
                Side.LEFT,
                LocalDate.MAX);
        List<Object> values =
                List.of(new String("text"), 1_000_000L, UUID.randomUUID(), Instant.now(), Side.LEFT, Side.RIGHT, point);

        for (Object value : values) {
            Cache<Object> cache = service.cache("c-" + values.indexOf(value), Object.class);
            cache.put("k", value);
            assertThat(cache.get("k")).isSameAs(value);
        }
    }

    @Test
    void aRecordThatHoldsSomethingMutableIsCopied() {
        Cache<Item> cache = service(CopyMode.BOTH).cache("c", Item.class);
        Item item = new Item("a", new ArrayList<>());

        cache.put("k", item);
        item.tags().add("later");

        assertThat(cache.get("k")).isEqualTo(new Item("a", List.of()));
    }

    @Test
    void bytesAreCopied() {
        Cache<byte[]> cache = service(CopyMode.BOTH).cache("c", byte[].class);
        byte[] value = {1, 2};

        cache.put("k", value);
        value[0] = 9;
        Objects.requireNonNull(cache.get("k"))[1] = 9;

        assertThat(cache.get("k")).containsExactly(1, 2);
    }

    @Test
    void aValueThatCannotBeCopiedIsRefusedAndTakesTheOldOneAlong() {
        Cache<Object> cache = service(CopyMode.ON_WRITE).cache("c", Object.class);
        cache.put("k", "old");

        assertThatThrownBy(() -> cache.put("k", new Opaque())).isInstanceOf(CacheSerializationException.class);

        assertThat(cache.exists("k")).isFalse();
    }

    @Test
    void aValueThatCannotBeCopiedIsAbsentToReaders() {
        Cache<Object> cache = service(CopyMode.ON_READ).cache("c", Object.class);
        cache.put("k", new Opaque());

        assertThat(cache.get("k")).isNull();

        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.stats().undecodable()).isEqualTo(1);
    }

    @Test
    void readsOfCopiesAreNotedInTheEntry() {
        Cache<List<Item>> cache = service(CopyMode.BOTH)
                .cache(CacheSpec.of("c", ITEMS).accessTracking(true).build());
        cache.put("k", items("a"));

        cache.get("k");
        cache.get("k");

        assertThat(cache.getEntry("k").orElseThrow().hitCount()).isEqualTo(2);
    }

    private static List<Item> items(String name) {
        return new ArrayList<>(List.of(new Item(name, new ArrayList<>(List.of("first")))));
    }

    private static List<String> tags(Cache<List<Item>> cache) {
        return Objects.requireNonNull(cache.get("k")).get(0).tags();
    }

    private static CacheService service(CopyMode mode) {
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .failOpen(false)
                .backend("memory", MemoryBackend.builder().copy(mode).build())
                .build();
    }
}
