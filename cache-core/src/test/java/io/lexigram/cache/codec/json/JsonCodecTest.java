package io.lexigram.cache.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonCodecTest {

    private final JsonCodec codec = new JsonCodec();

    private static Stream<Arguments> values() {
        Product tea = new Product(
                42, "Tea \"漢\" 😀", new BigDecimal("2.50"), Kind.LOOSE, Optional.of("green"), List.of(1L, 2L), null);
        return Stream.of(
                value(String.class, ""),
                value(String.class, "a\u2028\"\\ 漢 😀"),
                value(Boolean.class, true),
                value(Integer.class, Integer.MIN_VALUE),
                value(Long.class, Long.MAX_VALUE),
                value(Long.class, 1L),
                value(Short.class, (short) 7),
                value(Byte.class, (byte) -128),
                value(Character.class, '漢'),
                value(Float.class, 0.1f),
                value(Double.class, 0.1),
                value(Double.class, -0.0),
                value(Double.class, Double.MIN_VALUE),
                value(Double.class, 5.0),
                value(Double.class, Double.NaN),
                value(Double.class, Double.NEGATIVE_INFINITY),
                value(Float.class, Float.POSITIVE_INFINITY),
                value(BigInteger.class, new BigInteger("123456789012345678901234567890")),
                value(BigDecimal.class, new BigDecimal("2.50")),
                value(BigDecimal.class, new BigDecimal("1E+3")),
                value(BigDecimal.class, new BigDecimal("0.00")),
                value(BigDecimal.class, new BigDecimal("1000")),
                value(BigDecimal.class, new BigDecimal("1234567890123456789.012345678901234567890")),
                value(UUID.class, UUID.fromString("6b6b1f3e-1f43-4a07-8b16-0b5a7c2a0001")),
                value(URI.class, URI.create("https://example.com/a?b=c")),
                value(Locale.class, Locale.forLanguageTag("pt-BR")),
                value(Kind.class, Kind.LOOSE),
                value(Kind.class, Kind.BAGGED),
                value(TimeUnit.class, TimeUnit.MILLISECONDS),
                value(DayOfWeek.class, DayOfWeek.FRIDAY),
                value(Instant.class, Instant.parse("2026-11-20T10:15:30.123456789Z")),
                value(LocalDate.class, LocalDate.of(2026, 2, 28)),
                value(LocalTime.class, LocalTime.of(23, 59, 59, 999_999_999)),
                value(LocalDateTime.class, LocalDateTime.of(2026, 2, 28, 1, 2, 3, 4)),
                value(OffsetDateTime.class, OffsetDateTime.parse("2026-11-20T10:15:30.5+05:30")),
                value(ZonedDateTime.class, ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin"))),
                value(ZonedDateTime.class, ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC"))),
                value(ZonedDateTime.class, ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)),
                value(Duration.class, Duration.ofNanos(-1)),
                value(Period.class, Period.of(1, 2, 3)),
                value(Year.class, Year.of(2026)),
                value(YearMonth.class, YearMonth.of(2026, 11)),
                value(ZoneId.class, ZoneId.of("Europe/Berlin")),
                value(int[].class, new int[] {1, 2}),
                value(String[].class, new String[] {"a", null}),
                value(byte[].class, new byte[] {0, -1}),
                value(Product.class, tea),
                value(Bytes.class, new Bytes(new byte[] {1, -1})),
                value(new TypeRef<Optional<Product>>() {}, Optional.of(tea)),
                value(new TypeRef<Optional<Product>>() {}, Optional.empty()),
                value(new TypeRef<Optional<List<LocalDate>>>() {}, Optional.of(List.of(LocalDate.EPOCH))),
                value(new TypeRef<List<Product>>() {}, List.of(tea, tea)),
                value(new TypeRef<List<Product>>() {}, Arrays.asList(tea, null)),
                value(new TypeRef<List<Long>>() {}, List.of(1L)),
                value(new TypeRef<Set<Long>>() {}, Set.of(1L)),
                value(new TypeRef<ArrayList<Short>>() {}, new ArrayList<>(List.of((short) 1))),
                value(
                        new TypeRef<Map<String, List<Map<Integer, BigDecimal>>>>() {},
                        Map.of("a", List.of(Map.of(1, new BigDecimal("1.0"))))),
                value(new TypeRef<Map<LocalDate, Kind>>() {}, Map.of(LocalDate.EPOCH, Kind.BAGGED)),
                value(new TypeRef<Map<Kind, Long>>() {}, Map.of(Kind.LOOSE, 1L)),
                value(new TypeRef<EnumMap<Kind, Long>>() {}, new EnumMap<>(Map.of(Kind.LOOSE, 1L))),
                value(new TypeRef<Map<UUID, Long>>() {}, Map.of(new UUID(1, 2), 1L)),
                value(new TypeRef<TreeMap<String, Long>>() {}, new TreeMap<>(Map.of("b", 1L, "a", 2L))),
                value(new TypeRef<Page<Product>>() {}, new Page<>(List.of(tea), 7)),
                value(
                        new TypeRef<Page<Page<LocalDate>>>() {},
                        new Page<>(List.of(new Page<>(List.of(LocalDate.EPOCH), 1)), 2)),
                value(Shape.class, new Circle(2.0)),
                value(new TypeRef<List<Shape>>() {}, List.of(new Circle(2.0), new Square(3))),
                value(Node.class, new Node(1, new Node(2, null))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_comes_back_as_what_it_was(TypeRef<?> type, Object value) {
        assertRoundTrip(type, value);
    }

    @Test
    void a_bean_comes_back_whatever_it_computes_beside_its_properties() {
        Bean bean = new Bean();
        bean.setName("x");
        bean.setActive(true);

        Bean read = roundTrip(TypeRef.of(Bean.class), bean);

        assertThat(read.getName()).isEqualTo("x");
        assertThat(read.isActive()).isTrue();
        assertThat(read.getNickname()).isNull();
    }

    @Test
    void values_declared_as_object_come_back_as_plain_trees() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("text", "a");
        tree.put("number", 5);
        tree.put("large", 5_000_000_000L);
        tree.put("fraction", 0.5);
        tree.put("flag", false);
        tree.put("nothing", null);
        tree.put("list", List.of(1, List.of("x")));
        TypeRef<Object> any = TypeRef.of(Object.class);

        assertRoundTrip(any, tree);
        assertRoundTrip(any, List.of("a", 1));
        assertRoundTrip(any, "text");
        assertRoundTrip(any, 7);
        assertRoundTrip(any, true);
        byte[] json = codec.encode(new Page<>(List.of(), 3), any);
        assertThat(codec.decode(json, 0, json.length, any)).isEqualTo(Map.of("items", List.of(), "total", 3));
    }

    @Test
    void a_plain_tree_can_be_read_as_a_type_it_fits() {
        byte[] json = codec.encode(Map.of("content", "AQ=="), TypeRef.of(Object.class));

        assertThat(codec.decode(json, 0, json.length, TypeRef.of(Bytes.class))).isEqualTo(new Bytes(new byte[] {1}));
    }

    @Test
    void only_the_given_part_of_the_array_is_read() {
        byte[] bytes = "xx[1,2]]]".getBytes(UTF_8);

        assertThat(codec.decode(bytes, 2, 5, new TypeRef<List<Integer>>() {})).isEqualTo(List.of(1, 2));
    }

    private void assertRoundTrip(TypeRef<?> type, Object value) {
        Object read = roundTrip(type, value);

        assertThat(read).isEqualTo(value);
        if (!(value instanceof List || value instanceof Map || value instanceof Set || value instanceof ZoneId)) {
            assertThat(read).isExactlyInstanceOf(value.getClass());
        }
    }

    @SuppressWarnings("unchecked")
    private <T> T roundTrip(TypeRef<?> type, T value) {
        byte[] json = codec.encode(value, type);
        return (T) codec.decode(json, 0, json.length, type);
    }

    private static Arguments value(Class<?> type, Object value) {
        return value(TypeRef.of(type), value);
    }

    private static Arguments value(TypeRef<?> type, Object value) {
        return Arguments.of(type, value);
    }

    /** Two constants that show as one text. */
    enum Kind {
        LOOSE,
        BAGGED {};

        @Override
        public String toString() {
            return "tea";
        }
    }

    record Product(
            long id,
            String name,
            BigDecimal price,
            Kind kind,
            Optional<String> colour,
            List<Long> related,
            String note) {

        public String getLabel() {
            return name + " " + price;
        }
    }

    record Page<T>(List<T> items, int total) {}

    record Node(int value, Node next) {}

    record Bytes(byte[] content) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }
    }

    static class Bean {

        private String name;
        private String nickname;
        private boolean active;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public String getNickname() {
            return nickname;
        }

        public void setNickname(String nickname) {
            this.nickname = nickname;
        }

        public boolean isActive() {
            return active;
        }

        public void setActive(boolean active) {
            this.active = active;
        }

        public String getShouted() {
            return name + "!";
        }
    }
}
