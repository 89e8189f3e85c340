package io.lexigram.cache.invalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheKeyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user:*|user:1|true",
                "user:*|user:|true",
                "user:*|users:1|false",
                "*|anything|true",
                "a?c|abc|true",
                "a?c|ac|false",
                "a?c|a😀c|true",
                "[a-c]x|bx|true",
                "[a-c]x|dx|false",
                "[c-a]x|bx|true",
                "[^a-c]x|dx|true",
                "[^a-c]x|ax|false",
                "[a-]x|-x|true",
                "\\*|*|true",
                "\\*|x|false",
                "[\\]]|]|true",
                "a*b*c|aXXbYYc|true",
                "a*b*c|aXXbYY|false",
                "*ab|aab|true",
                "a**|a|true",
                "ab|abc|false"
            })
    void matchesAsRedisDoes(String pattern, String text, boolean matches) {
        assertThat(Glob.of(pattern).test(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"user:*|user:", "a\\*b?|a*b", "[a]|''", "plain|plain"})
    void itsLiteralPrefixIsWhatEveryMatchBeginsWith(String pattern, String prefix) {
        assertThat(Glob.of(pattern).literalPrefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a[b", "a\\", "[", "[\\]"})
    void refusesWhatCannotBeMeant(String pattern) {
        assertThatThrownBy(() -> Glob.of(pattern))
                .isInstanceOf(CacheKeyException.class)
                .hasMessageContaining("pattern");
    }

    @Test
    void manyStarsDoNotBlowUp() {
        Glob glob = Glob.of("*a".repeat(200) + "b");

        assertThat(glob.test("a".repeat(5_000))).isFalse();
    }
}
