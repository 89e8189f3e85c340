package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheKeyException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTextTest {

    @ParameterizedTest
    @MethodSource
    void a_plain_value_is_its_text(Object value, String text) {
        assertThat(KeyText.of(value)).isEqualTo(text);
    }

    static Stream<Arguments> a_plain_value_is_its_text() {
        return Stream.of(
                Arguments.of("text", "text"),
                Arguments.of(new StringBuilder("built"), "built"),
                Arguments.of(42, "42"),
                Arguments.of(42L, "42"),
                Arguments.of((short) 4, "4"),
                Arguments.of(4.5, "4.5"),
                Arguments.of(new BigDecimal("1.10"), "1.10"),
                Arguments.of(true, "true"),
                Arguments.of('c', "c"),
                Arguments.of(Kind.SMALL, "SMALL"),
                Arguments.of(new UUID(1, 2), "00000000-0000-0001-0000-000000000002"),
                Arguments.of(LocalDate.of(2026, 1, 2), "2026-01-02"),
                Arguments.of(String.class, "java.lang.String"));
    }

    @Test
    void a_constant_with_a_body_is_its_name() {
        assertThat(KeyText.of(Kind.LARGE)).isEqualTo("LARGE");
    }

    @Test
    void lists_that_look_alike_differ() {
        assertThat(KeyText.of(List.of("a", "b"))).isNotEqualTo(KeyText.of(List.of("a, b")));
    }

    @Test
    void records_that_look_alike_differ() {
        assertThat(KeyText.of(new Pair("a, b", "c"))).isNotEqualTo(KeyText.of(new Pair("a", "b, c")));
    }

    @Test
    void equal_values_have_one_text() {
        assertThat(KeyText.of(new Pair("a", "b"))).isEqualTo(KeyText.of(new Pair("a", "b")));
        assertThat(KeyText.of(Map.of("a", 1, "b", 2))).isEqualTo(KeyText.of(Map.of("b", 2, "a", 1)));
        assertThat(KeyText.of(new int[] {1, 2})).isEqualTo(KeyText.of(new int[] {1, 2}));
    }

    @Test
    void an_array_of_objects_is_one_value() {
        assertThat(KeyText.of(new Object[] {"a", "b"})).isNotEqualTo(KeyText.of(new Object[] {"a"}));
    }

    @Test
    void null_has_none() {
        assertThatThrownBy(() -> KeyText.of(null)).isInstanceOf(CacheKeyException.class);
    }

    @Test
    void neither_has_an_object_without_a_value() {
        assertThatThrownBy(() -> KeyText.of(new Object())).isInstanceOf(CacheKeyException.class);
    }

    enum Kind {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "very large";
            }
        }
    }

    record Pair(String first, String second) {}
}
