package io.lexigram.cache.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Memcached for tests, empty. {@link #shared()} is one for the whole JVM: flush it, do not stop or pause it. A test that
 * does such things starts its own.
 *
 * <p>It runs in Docker (image {@code memcached:1.6-alpine}, or the system property {@code lexigram.test.memcached.image}) where
 * an engine answers, else {@code memcached} of the PATH is started; without either the start fails and says what to install.
 * What still runs when the JVM ends is stopped.
 */
public final class MemcachedServer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private static @Nullable MemcachedServer shared;

    private final int port = TestServers.freePort();
    private final List<String> options;
    private final boolean tls;
    private TestServer server;

    private MemcachedServer(List<String> options, boolean tls) {
        this.options = options;
        this.tls = tls;
        this.server = start();
    }

    private TestServer start() {
        // With files of this machine it runs on this machine.
        return tls
                ? TestServers.startOnLoopback(ServerKind.MEMCACHED, port, options)
                : TestServers.start(ServerKind.MEMCACHED, port, options);
    }

    /** The one of this JVM, started by the first call. */
    public static synchronized MemcachedServer shared() {
        if (shared == null) {
            shared = start("-m", "256", "-I", "4m", "-o", "hashpower=13");
        }
        return shared;
    }

    /**
     * A new one for the caller alone.
     *
     * @param options of memcached, such as {@code "-m", "1"}
     */
    public static MemcachedServer start(String... options) {
        return new MemcachedServer(List.of(options), false);
    }

    /** A new one that speaks TLS only: {@link #ask} and {@link #flush} fail. */
    public static MemcachedServer startWithTls(TlsCertificate certificate, String... options) {
        List<String> all = new ArrayList<>(List.of("-Z", "-o"));
        all.add("ssl_chain_cert=" + certificate.certificate() + ",ssl_key=" + certificate.key());
        all.addAll(List.of(options));
        return new MemcachedServer(all, true);
    }

    /** {@code host:port}. */
    public String address() {
        return server.host() + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Kills it: connections break, further ones are refused, its data is lost. */
    public void stop() {
        TestServers.stop(server);
    }

    /** Stops it where it still runs and starts it anew, empty, on the same port. */
    public void restart() {
        stop();
        server = start();
    }

    /** Freezes it: connections stay open and unanswered, until {@link #resume()}. */
    public void pause() {
        server.pause();
    }

    /** Lets it go on after {@link #pause()}, with the commands that came in meanwhile. */
    public void resume() {
        server.resume();
    }

    /** Drops all items. */
    public void flush() {
        String answer = ask("flush_all");
        if (!"OK".equals(answer)) {
            throw new IllegalStateException("flush_all on " + address() + " answered " + answer);
        }
    }

    /** Sends a command, whose data if any is on lines of its own, and returns the first line of the answer. */
    public String ask(String command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return String.valueOf(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + command + " from " + address(), e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return address();
    }
}
