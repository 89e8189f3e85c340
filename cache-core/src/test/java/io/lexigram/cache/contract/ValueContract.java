package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value comes back equal to what it was, and never as another type. */
abstract class ValueContract extends Laws {

    record Product(String id, BigDecimal price, Optional<String> note, List<DayOfWeek> days) {}

    record Times(
            Instant instant,
            LocalDate date,
            LocalDateTime local,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration) {}

    record Numbers(int i, long l, double d, boolean b, Integer boxed, BigInteger big, UUID id) {}

    static final Product APPLE =
            new Product("apple", new BigDecimal("1.50"), Optional.of("ripe"), List.of(DayOfWeek.MONDAY));
    static final Product PEAR = new Product("pear", new BigDecimal("1E+3"), Optional.empty(), List.of());

    @Test
    void a_record_with_optional_enum_and_decimal_comes_back_equal() {
        Cache<Product> products = cache("products", Product.class);

        products.putMany(Map.of("apple", APPLE, "pear", PEAR));

        assertThat(products.get("apple")).isEqualTo(APPLE);
        assertThat(products.get("pear")).isEqualTo(PEAR);
    }

    @Test
    void generic_types_come_back_with_elements_of_their_type() {
        Cache<List<Product>> lists = cache("lists", new TypeRef<>() {});
        Cache<Map<String, List<BigDecimal>>> prices = cache("prices", new TypeRef<>() {});
        Cache<Set<DayOfWeek>> days = cache("days", new TypeRef<>() {});

        lists.put("k", List.of(APPLE, PEAR));
        prices.put("k", Map.of("a", List.of(new BigDecimal("0.10")), "b", List.of()));
        days.put("k", Set.of(DayOfWeek.FRIDAY, DayOfWeek.SUNDAY));

        assertThat(lists.get("k")).containsExactly(APPLE, PEAR);
        assertThat(prices.get("k")).isEqualTo(Map.of("a", List.of(new BigDecimal("0.10")), "b", List.of()));
        assertThat(days.get("k")).containsExactlyInAnyOrder(DayOfWeek.FRIDAY, DayOfWeek.SUNDAY);
    }

    @Test
    void times_come_back_to_the_nanosecond_and_with_their_zone() {
        Instant instant = Instant.parse("2026-03-29T00:59:59.123456789Z");
        Times times = new Times(
                instant,
                LocalDate.of(2024, 2, 29),
                LocalDateTime.of(1999, 12, 31, 23, 59, 59, 999_999_999),
                OffsetDateTime.parse("2026-01-01T00:00:00+05:30"),
                instant.atZone(ZoneId.of("Europe/Berlin")),
                Duration.ofDays(400).plusNanos(1));
        Cache<Times> cache = cache("times", Times.class);

        cache.put("k", times);

        assertThat(cache.get("k")).isEqualTo(times);
    }

    @Test
    void numbers_keep_their_value_and_their_type() {
        Numbers numbers = new Numbers(
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1 + 0.2,
                true,
                null,
                BigInteger.TEN.pow(60),
                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
        cache("numbers", Numbers.class).put("k", numbers);
        cache("longs", Long.class).put("k", 7L);
        cache("days", DayOfWeek.class).put("k", DayOfWeek.SUNDAY);
        cache("doubles", double.class).put("k", -0.0);

        assertThat(cache("numbers", Numbers.class).get("k")).isEqualTo(numbers);
        assertThat(cache("longs", Long.class).get("k")).isEqualTo(7L);
        assertThat(cache("days", DayOfWeek.class).get("k")).isEqualTo(DayOfWeek.SUNDAY);
        assertThat(cache("doubles", double.class).get("k")).isEqualTo(-0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "\"", "\\", "\u0000\u001f", "\u2028", "äöü", "e\u0301", "👩‍👩‍👧", "{\"a\":1}"
            })
    void texts_come_back_to_the_character(String text) {
        texts.put("k", text);

        assertThat(texts.get("k")).isEqualTo(text);
    }

    @Test
    void bytes_come_back_verbatim() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Cache<byte[]> bytes = cache("bytes", byte[].class);

        bytes.put("all", all);
        bytes.put("none", new byte[0]);
        bytes.put("digits", "42".getBytes(StandardCharsets.US_ASCII));
        bytes.put("absent", null);

        assertThat(bytes.get("all")).isEqualTo(all);
        assertThat(bytes.get("none")).isEmpty();
        assertThat(bytes.get("digits")).isEqualTo("42".getBytes(StandardCharsets.US_ASCII));
        assertThat(bytes.lookup("absent")).isEqualTo(new Lookup.Hit<>(null));
    }

    @Test
    void a_value_of_a_mebibyte_comes_back_whole() {
        byte[] mebibyte = new byte[1 << 20];
        Arrays.fill(mebibyte, (byte) 'x');
        mebibyte[mebibyte.length - 1] = 'y';
        String text = "ä".repeat(1 << 19);

        cache("bytes", byte[].class).put("k", mebibyte);
        texts.put("k", text);

        assertThat(cache("bytes", byte[].class).get("k")).isEqualTo(mebibyte);
        assertThat(texts.get("k")).isEqualTo(text);
    }

    @Test
    void what_the_facade_writes_is_read_as_its_class() {
        CacheKey key = CacheKey.of("apple").in("products");

        service.put(key, APPLE);

        assertThat(service.get(key, Product.class)).isEqualTo(APPLE);
        assertThat(cache("products", Product.class).get("apple")).isEqualTo(APPLE);
    }

    @Test
    void a_plain_value_that_the_facade_writes_is_read_as_any_type_it_fits() {
        CacheKey key = CacheKey.of("k");
        service.put(key, Map.of("id", "pear", "price", 2, "days", List.of("MONDAY"), "note", "ripe"));

        assertThat(service.get(key, Product.class))
                .isEqualTo(new Product("pear", new BigDecimal("2"), Optional.of("ripe"), List.of(DayOfWeek.MONDAY)));
        Map<String, Object> tree = service.get(key, new TypeRef<Map<String, Object>>() {});
        assertThat(tree).containsEntry("id", "pear").containsEntry("days", List.of("MONDAY"));
        service.put(key, 5);
        assertThat(service.get(key, Long.class)).isEqualTo(5L);
    }

    @Test
    void a_value_of_another_type_is_a_miss_and_is_removed_and_counted() {
        announcedErrors = 1;
        cache("mixed", Product.class).put("k", APPLE);
        Cache<String> strings = cache("mixed", String.class);

        assertThat(strings.lookup("k")).isEqualTo(new Lookup.Miss<>());

        assertThat(strings.exists("k")).isFalse();
        assertThat(strings.stats().errors()).isEqualTo(1);
        assertThat(strings.stats().undecodable()).isEqualTo(1);
        assertThat(strings.stats().misses()).isEqualTo(1);
        assertThat(strings.get("k", () -> "loaded")).isEqualTo("loaded");
        assertThat(strings.get("k")).isEqualTo("loaded");
    }

    @Test
    void a_generic_value_with_other_elements_is_a_miss() {
        announcedErrors = 2;
        Cache<List<String>> strings = cache("mixed", new TypeRef<>() {});
        Cache<List<Integer>> numbers = cache("mixed", new TypeRef<>() {});
        numbers.put("k", List.of(1, 2));
        strings.put("many", List.of("1"));

        assertThat(strings.get("k")).isNull();
        assertThat(numbers.getMany(List.of("many")).missing()).containsExactly("many");
    }

    @Test
    void an_entry_of_another_schema_version_is_a_miss() {
        needs(Capability.SHARED);
        announcedErrors = 1;
        node(HERE)
                .cache(CacheSpec.of("products", Product.class)
                        .schemaVersion("1")
                        .build())
                .put("k", APPLE);
        Cache<Product> second = service.cache(
                CacheSpec.of("products", Product.class).schemaVersion("2").build());

        assertThat(second.lookup("k")).isEqualTo(new Lookup.Miss<>());
        assertThat(second.get("k", () -> PEAR)).isEqualTo(PEAR);
        assertThat(second.get("k")).isEqualTo(PEAR);
    }

    @Test
    void a_changed_map_that_was_put_before_is_written_anew() {
        Cache<Map<String, Integer>> maps = cache("maps", new TypeRef<>() {});
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
        maps.put("k", map);
        map.put("b", 2);

        maps.put("k", map);

        assertThat(maps.get("k")).isEqualTo(Map.of("a", 1, "b", 2));
    }
}
