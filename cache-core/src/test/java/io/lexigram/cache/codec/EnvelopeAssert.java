package io.lexigram.cache.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Payload;
import java.util.Arrays;
import java.util.List;

/** Compares contents, payloads by their bytes. */
final class EnvelopeAssert {

    private EnvelopeAssert() {}

    static void assertSameContent(Content actual, Content expected) {
        assertThat(comparable(actual)).isEqualTo(comparable(expected));
    }

    private static Object comparable(Content content) {
        if (content == null) {
            return "lease";
        }
        Payload payload = content.payload();
        String value = payload == null
                ? "null"
                : payload.codec()
                        + Arrays.toString(Arrays.copyOfRange(
                                payload.bytes(), payload.offset(), payload.offset() + payload.length()));
        Content bare = new Content(
                content.createdAtMillis(),
                content.expiresAtMillis(),
                content.graceMillis(),
                content.loadNanos(),
                content.tags(),
                content.schema(),
                content.namespace(),
                content.key(),
                content.version(),
                null);
        return List.of(bare, value);
    }
}
