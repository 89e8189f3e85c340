package io.lexigram.cache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import org.junit.jupiter.api.Test;

class BytesCodecTest {

    private final BytesCodec codec = new BytesCodec();

    @Test
    void bytes_come_back_as_a_fresh_array_of_just_the_payload() {
        byte[] stored = {9, 1, 2, 3, 9};

        byte[] read = (byte[]) codec.decode(stored, 1, 3, TypeRef.of(byte[].class));
        read[0] = 100;

        assertThat(read).containsExactly(100, 2, 3);
        assertThat(stored).containsExactly(9, 1, 2, 3, 9);
        assertThat(codec.decode(stored, 0, 0, TypeRef.of(Object.class))).isEqualTo(new byte[0]);
    }

    @Test
    void bytes_are_not_read_as_another_type() {
        assertThatThrownBy(() -> codec.decode(new byte[1], 0, 1, TypeRef.of(String.class)))
                .isInstanceOf(CacheSerializationException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void another_value_is_refused() {
        assertThatThrownBy(() -> codec.encode("text", TypeRef.of(String.class)))
                .isInstanceOf(CacheSerializationException.class)
                .hasMessageContaining("java.lang.String");
    }
}
