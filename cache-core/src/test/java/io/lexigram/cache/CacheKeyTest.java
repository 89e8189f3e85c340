package io.lexigram.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {

    @Test
    void namesAnEntryByNamespaceAndKey() {
        CacheKey key = CacheKey.of("profile").in("user:123").tagged("user", "profile");

        assertThat(key.fullKey()).isEqualTo("user:123:profile");
        assertThat(key.tags()).containsExactlyInAnyOrder("user", "profile");
        assertThat(CacheKey.of("profile").fullKey()).isEqualTo("profile");
    }

    @Test
    void keysWithTheSameFullKeyAreStillDifferent() {
        assertThat(CacheKey.of(":admins:1").in("users"))
                .isNotEqualTo(CacheKey.of("1").in("users::admins"));
    }

    @Test
    void tagsDoNotNameTheEntry() {
        assertThat(CacheKey.of("k").tagged("t")).isEqualTo(CacheKey.of("k")).hasSameHashCodeAs(CacheKey.of("k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "\u007f", "\ud83d", "a\ude00", "\u0085"})
    void refusesWhatCannotBeAKeyNamespaceOrTag(String text) {
        assertThatThrownBy(() -> CacheKey.of(text)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> CacheKey.of("k").in(text)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> CacheKey.of("k").tagged(text)).isInstanceOf(CacheKeyException.class);
    }

    @Test
    void saysWhichCharacterIsRefusedAndWhere() {
        assertThatThrownBy(() -> CacheKey.of("ab\tc"))
                .hasMessageContaining("U+0009")
                .hasMessageContaining("index 2");
    }

    @Test
    void aCallIsNamedByItsMethodAndArguments() throws Exception {
        Method find = Service.class.getDeclaredMethod("find", String.class, String.class);

        CacheKey key = CacheKey.ofCall(find, "a, b", "c");

        assertThat(key.key()).startsWith("find-");
        assertThat(key).isEqualTo(CacheKey.ofCall(find, "a, b", "c"));
        assertThat(key).isNotEqualTo(CacheKey.ofCall(find, "a", "b, c"));
    }

    @Test
    void overloadsAndClassesHaveKeysOfTheirOwn() throws Exception {
        CacheKey number = CacheKey.ofCall(Service.class.getDeclaredMethod("find", long.class), 1L);
        CacheKey boxed = CacheKey.ofCall(Service.class.getDeclaredMethod("find", Long.class), 1L);
        CacheKey other = CacheKey.ofCall(OtherService.class.getDeclaredMethod("find", long.class), 1L);

        assertThat(Set.of(number, boxed, other)).hasSize(3);
    }

    @Test
    void differentArgumentsHaveDifferentKeys() throws Exception {
        List<@Nullable Object> arguments = new ArrayList<>(Arrays.asList(
                null,
                "",
                "1",
                '1',
                1,
                1L,
                1.0,
                1.0f,
                (short) 1,
                (byte) 1,
                true,
                new BigDecimal("1.0"),
                new BigDecimal("1.00"),
                Duration.ofSeconds(1),
                LocalDate.of(2026, 1, 1),
                UUID.fromString("00000000-0000-0000-0000-000000000001"),
                Optional.empty(),
                Optional.of("1"),
                List.of(),
                List.of("1"),
                List.of("1", "2"),
                List.of("1,2"),
                List.of(List.of("1"), "2"),
                List.of(List.of("1", "2")),
                Set.of("1"),
                Map.of(),
                Map.of("1", "2"),
                Map.of("2", "1"),
                new int[] {1},
                new long[] {1},
                new String[] {"1"},
                new Object[] {"1"},
                new Object[] {},
                new Point(1, 2),
                new Point(2, 1),
                new OtherPoint(1, 2),
                Color.RED,
                Color.GREEN,
                String.class));
        Method any = Service.class.getDeclaredMethod("any", Object.class);

        Set<String> keys = new HashSet<>();
        for (Object argument : arguments) {
            assertThat(keys.add(CacheKey.ofCall(any, new Object[] {argument}).key()))
                    .as("key of %s", argument)
                    .isTrue();
        }
    }

    @Test
    void theOrderOfMapsAndSetsDoesNotMatter() throws Exception {
        Method any = Service.class.getDeclaredMethod("any", Object.class);
        Map<String, Integer> forward = new LinkedHashMap<>();
        Map<String, Integer> backward = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            forward.put("k" + i, i);
        }
        for (int i = 49; i >= 0; i--) {
            backward.put("k" + i, i);
        }

        assertThat(CacheKey.ofCall(any, forward)).isEqualTo(CacheKey.ofCall(any, backward));
        assertThat(CacheKey.ofCall(any, new LinkedHashSet<>(List.of(1, 2, 3))))
                .isEqualTo(CacheKey.ofCall(any, new LinkedHashSet<>(List.of(3, 2, 1))));
    }

    @Test
    void anArgumentWithoutAnInjectiveEncodingIsRefusedWithTheWayOut() throws Exception {
        Method any = Service.class.getDeclaredMethod("any", Object.class);

        assertThatThrownBy(() -> CacheKey.ofCall(any, new Object()))
                .isInstanceOf(CacheKeyException.class)
                .hasMessageContaining("java.lang.Object")
                .hasMessageContaining("key expression");
    }

    record Point(int x, int y) {}

    record OtherPoint(int x, int y) {}

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "RED";
            }
        }
    }

    interface Service {
        Object find(String a, String b);

        Object find(long id);

        Object find(Long id);

        Object any(Object argument);
    }

    interface OtherService {
        Object find(long id);
    }
}
