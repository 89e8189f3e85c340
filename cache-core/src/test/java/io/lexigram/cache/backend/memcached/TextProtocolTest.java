package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheCapacityException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextProtocolTest {

    private static final Request.Get GET = new Request.Get("{k}");
    private static final Request.Increment INCREMENT = new Request.Increment("{k}", 7);
    private static final Request.Store SET = store(Request.Mode.SET);

    private static Request.Store store(Request.Mode mode) {
        return new Request.Store("{k}", mode, -1, new byte[] {'a', '\r', '\n'}, new Expiry(60, 5));
    }

    @Test
    void commands_are_those_of_the_protocol() throws IOException {
        assertThat(written(GET)).isEqualTo("gets {k}\r\n");
        assertThat(written(new Request.Delete("{k}"))).isEqualTo("delete {k}\r\n");
        assertThat(written(INCREMENT)).isEqualTo("incr {k} 7\r\n");
        assertThat(written(SET)).isEqualTo("set {k} 5 60 3\r\na\r\n\r\n");
        assertThat(written(store(Request.Mode.ADD))).isEqualTo("add {k} 5 60 3\r\na\r\n\r\n");
        assertThat(written(store(Request.Mode.CAS))).isEqualTo("cas {k} 5 60 3 18446744073709551615\r\na\r\n\r\n");
    }

    @Test
    void an_item_is_read_to_its_end_whatever_is_in_it() throws IOException {
        ByteArrayInputStream in = in("VALUE {k} 5 7 18446744073709551615\r\nEND\r\nXX\r\nEND\r\nEND\r\n");

        Item item = GET.outcome().apply(TextProtocol.read(GET, in));

        assertThat(item.value()).isEqualTo("END\r\nXX".getBytes(US_ASCII));
        assertThat(item.flags()).isEqualTo(5);
        assertThat(item.cas()).isEqualTo(-1);
        assertThat(TextProtocol.read(GET, in)).isNull();
    }

    @Test
    void other_answers_say_whether_it_was_done() throws IOException {
        assertThat(TextProtocol.read(SET, in("STORED\r\n"))).isEqualTo(true);
        assertThat(TextProtocol.read(SET, in("NOT_STORED\r\n"))).isEqualTo(false);
        assertThat(TextProtocol.read(SET, in("EXISTS\r\n"))).isEqualTo(false);
        assertThat(TextProtocol.read(SET, in("NOT_FOUND\r\n"))).isEqualTo(false);
        assertThat(TextProtocol.read(INCREMENT, in("9223372036854775807\r\n"))).isEqualTo(Long.MAX_VALUE);
        assertThat(TextProtocol.read(INCREMENT, in("NOT_FOUND\r\n"))).isNull();
    }

    @Test
    void a_refusal_is_of_the_command_and_not_of_the_connection() {
        assertThatThrownBy(() -> TextProtocol.read(SET, in("SERVER_ERROR object too large for cache\r\n")))
                .isInstanceOf(CacheCapacityException.class);
        assertThatThrownBy(
                        () -> TextProtocol.read(INCREMENT, in("CLIENT_ERROR cannot increment non-numeric value\r\n")))
                .isInstanceOf(CacheBackendException.class)
                .matches(Failures::isNoNumber);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STORED\r\n",
                "ERROR\r\n",
                "VALUE {k} 5 1\r\n",
                "VALUE {k} 5 1 9\r\nab\r\nEND\r\n",
                "VALUE {k} 5 3 9\r\na\r\nEND\r\n",
                "VALUE {k} 5 x 9\r\n",
                "VALUE {k} 5 4294967295 9\r\n",
                "VALUE {k} 5 1 9\r\na\r\nEN"
            })
    void what_is_no_answer_to_a_read_is_the_end_of_the_connection(String answer) {
        assertThatThrownBy(() -> TextProtocol.read(GET, in(answer))).isInstanceOf(IOException.class);
    }

    @Test
    void a_line_that_does_not_end_is_the_end_of_the_connection() {
        assertThatThrownBy(() -> TextProtocol.line(in("STORED"))).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> TextProtocol.line(in("x".repeat(5_000)))).hasMessageContaining("4096");
    }

    private static String written(Request<?> request) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TextProtocol.write(request, out);
        return out.toString(US_ASCII);
    }

    private static ByteArrayInputStream in(String answer) {
        return new ByteArrayInputStream(answer.getBytes(US_ASCII));
    }
}
