package io.lexigram.cache.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Head;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvelopeHeadTest {

    @Test
    void the_head_is_read_as_soon_as_the_bytes_reach_to_the_end_of_the_key_and_not_before() {
        EnvelopeSamples.all().forEach((name, envelope) -> {
            byte[] bytes = envelope.toBytes();
            Content content = envelope.content();
            if (content == null) {
                return;
            }
            Head expected = new Head(
                    false,
                    envelope.header().entryId(),
                    envelope.header().groupSeq(),
                    content.tags(),
                    content.namespace(),
                    content.key());
            int end = endOfKey(bytes);
            for (int length = Envelope.HEADER_LENGTH; length <= bytes.length; length++) {
                Head head = Envelope.readHead(Arrays.copyOf(bytes, length));
                assertThat(head).as("%s, %d bytes", name, length).isEqualTo(length < end ? null : expected);
            }
        });
    }

    @Test
    void the_head_of_a_lease_record_names_nothing() {
        byte[] bytes = EnvelopeSamples.all().get("lease").toBytes();

        assertThat(Envelope.readHead(bytes)).isEqualTo(new Head(true, 5, 3, Set.of(), "", ""));
    }

    @Test
    void what_no_further_byte_can_mend_is_refused() {
        byte[] bytes = EnvelopeSamples.all().get("record").toBytes();
        byte[] negative = bytes.clone();
        ByteBuffer.wrap(negative).putInt(Envelope.OFFSET_TAGS, -1);

        assertThatThrownBy(() -> Envelope.readHead(negative)).isInstanceOf(CacheSerializationException.class);
        assertThatThrownBy(() -> Envelope.readHead("12345".getBytes())).hasMessageContaining("no envelope");
    }

    @Test
    void a_hostile_length_only_asks_for_more() {
        byte[] bytes = EnvelopeSamples.all().get("record").toBytes();
        ByteBuffer.wrap(bytes).putInt(Envelope.OFFSET_TAGS, Integer.MAX_VALUE);
        ByteBuffer.wrap(bytes).putInt(Envelope.OFFSET_TAGS + 4, Integer.MAX_VALUE);

        assertThat(Envelope.readHead(bytes)).isNull();
    }

    /** Where the key ends, found by walking the lengths: tags, schema, namespace, key. */
    private static int endOfKey(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int at = Envelope.OFFSET_TAGS + Integer.BYTES;
        for (int texts = in.getInt(Envelope.OFFSET_TAGS) + 3; texts > 0; texts--) {
            at += Integer.BYTES + in.getInt(at);
        }
        return at;
    }
}
