package io.lexigram.cache.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawCounterTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE})
    void a_number_is_read_as_it_was_written(long number) {
        assertThat(RawCounter.parse(RawCounter.format(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "--1",
                "0x1",
                "９",
                "9223372036854775808",
                "-9223372036854775809",
                "00000000000000000000001",
                "\"1\"",
                "null"
            })
    void other_text_is_no_counter(String text) {
        assertThat(RawCounter.parse(text.getBytes(UTF_8))).isNull();
    }

    @Test
    void an_envelope_is_no_counter() {
        EnvelopeSamples.all().values().forEach(envelope -> assertThat(RawCounter.parse(envelope.toBytes()))
                .isNull());
    }
}
