package io.lexigram.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.testing.TcpProxy.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a server that answers each byte with the next one. */
class TcpProxyTest {

    private static final int SHORT_MILLIS = 50;
    private static final int LONG_MILLIS = 20_000;

    private final BlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private TcpProxy proxy;
    private Socket client;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "counting-server");
        thread.setDaemon(true);
        thread.start();
        proxy = TcpProxy.to(server.getInetAddress().getHostAddress(), server.getLocalPort());
        client = connect();
        assertThat(ask(1)).isEqualTo(2);
        assertThat(arrived.remove()).isEqualTo(1);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                for (int read = connection.getInputStream().read();
                        read >= 0;
                        read = connection.getInputStream().read()) {
                    arrived.add(read);
                    connection.getOutputStream().write(read + 1);
                }
            } catch (IOException e) {
                // The next one, or the end.
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(proxy.host(), proxy.port());
        socket.setSoTimeout(LONG_MILLIS);
        return socket;
    }

    private int ask(int number) throws IOException {
        client.getOutputStream().write(number);
        return client.getInputStream().read();
    }

    private void expectSilence(int number) throws IOException {
        client.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> ask(number)).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(LONG_MILLIS);
    }

    @Test
    void what_is_dropped_on_its_way_there_arrives_when_it_is_well_again() throws Exception {
        proxy.drop(Direction.TO_SERVER);
        expectSilence(5);
        assertThat(arrived).isEmpty();

        proxy.heal();

        assertThat(client.getInputStream().read()).isEqualTo(6);
    }

    @Test
    void what_is_dropped_on_its_way_back_was_done() throws Exception {
        proxy.drop(Direction.TO_CLIENT);
        expectSilence(5);
        assertThat(arrived.poll(LONG_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(5);

        proxy.heal();

        assertThat(client.getInputStream().read()).isEqualTo(6);
    }

    @Test
    void what_was_sent_arrives_although_the_client_has_gone() throws Exception {
        proxy.drop(Direction.TO_SERVER);
        client.getOutputStream().write(7);
        client.close();

        proxy.heal();

        assertThat(arrived.poll(LONG_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(7);
    }

    @Test
    void an_answer_is_as_late_as_it_was_told_and_not_when_it_is_well_again() throws Exception {
        proxy.delay(Duration.ofMinutes(10));
        expectSilence(5);

        proxy.heal();

        assertThat(client.getInputStream().read()).isEqualTo(6);
    }

    @Test
    void a_cut_breaks_what_there_is_and_nothing_that_comes() throws Exception {
        proxy.cut();

        assertThatThrownBy(() -> readToTheEnd(client)).isInstanceOf(IOException.class);
        client = connect();
        assertThat(ask(8)).isEqualTo(9);
    }

    @Test
    void a_refusal_breaks_what_comes_too() throws Exception {
        proxy.refuse();
        try (Socket refused = connect()) {
            assertThatThrownBy(() -> readToTheEnd(refused)).isInstanceOf(IOException.class);
        }

        proxy.heal();

        client = connect();
        assertThat(ask(8)).isEqualTo(9);
    }

    private static void readToTheEnd(Socket socket) throws IOException {
        if (socket.getInputStream().read() < 0) {
            throw new IOException("closed");
        }
    }
}
