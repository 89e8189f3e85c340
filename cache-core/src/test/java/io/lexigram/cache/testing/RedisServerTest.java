package io.lexigram.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedisServerTest {

    @Test
    void flushing_removes_what_a_client_has_stored() {
        RedisServer server = RedisServer.shared();
        server.ask("SET key value");
        assertThat(server.ask("DBSIZE")).isEqualTo(":1");

        server.flush();

        assertThat(server.ask("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void a_restart_keeps_the_port_and_the_options_and_loses_the_data() {
        try (RedisServer server = RedisServer.start("--databases", "3")) {
            int port = server.port();
            server.ask("SET key value");

            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(server.ask("DBSIZE")).isEqualTo(":0");
            assertThat(server.ask("SELECT 2")).isEqualTo("+OK");
            assertThat(server.ask("SELECT 3")).startsWith("-ERR");
        }
    }

    @Test
    void a_stopped_server_refuses_connections() {
        RedisServer server = RedisServer.start();
        server.stop();

        assertThatThrownBy(() -> new Socket(server.host(), server.port()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_paused_server_accepts_a_connection_and_answers_only_when_it_is_resumed() throws IOException {
        try (RedisServer server = RedisServer.start();
                Socket socket = new Socket(InetAddress.getByName(server.host()), server.port())) {
            server.pause();
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(50);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            server.resume();

            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().readNBytes(7))
                    .isEqualTo("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void an_option_the_server_refuses_is_told_with_its_log() {
        assertThatThrownBy(() -> RedisServer.start("--no-such-option", "1").close())
                .hasStackTraceContaining("no-such-option");
    }
}
