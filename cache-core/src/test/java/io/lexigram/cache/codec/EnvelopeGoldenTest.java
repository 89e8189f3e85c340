package io.lexigram.cache.codec;

import static io.lexigram.cache.codec.EnvelopeAssert.assertSameContent;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Envelopes as servers hold them since format 1 was first written. The files are never written again: a test that fails here
 * means entries that running applications have stored can no longer be read, or are read as something else.
 *
 * <ul>
 *   <li>{@code null}: a null, one minute to live
 *   <li>{@code bytes}: a byte array that never expires
 *   <li>{@code record}: a record as JSON, loaded in 12.3 ms
 *   <li>{@code tags-version}: four tags, a version, a schema version, accesses, a lease with waiters, a group sequence
 *   <li>{@code unicode}: no namespace, a key of many scripts, any schema
 *   <li>{@code lease}: a lease record
 * </ul>
 */
class EnvelopeGoldenTest {

    private static Set<String> names() {
        return EnvelopeSamples.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_stored_envelope_is_read_as_what_it_was(String name) {
        Envelope expected = EnvelopeSamples.all().get(name);

        Envelope read = Envelope.read(file(name));

        assertThat(read.header()).isEqualTo(expected.header());
        assertSameContent(read.content(), expected.content());
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_envelope_is_written_with_the_same_bytes(String name) {
        assertThat(EnvelopeSamples.all().get(name).toBytes()).isEqualTo(file(name));
    }

    private static byte[] file(String name) {
        try (InputStream in = EnvelopeGoldenTest.class.getResourceAsStream("/envelope/v1/" + name + ".bin")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
