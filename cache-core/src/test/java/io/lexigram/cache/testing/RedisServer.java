package io.lexigram.cache.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Redis for tests, empty and without persistence. {@link #shared()} is one for the whole JVM: flush it, do not stop or
 * pause it. A test that does such things starts its own.
 *
 * <p>It runs in Docker (image {@code redis:7-alpine}, or the system property {@code lexigram.test.redis.image}) where an
 * engine answers, else {@code redis-server} of the PATH is started; without either the start fails and says what to
 * install. What still runs when the JVM ends is stopped.
 */
public final class RedisServer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private static @Nullable RedisServer shared;

    private final int port = TestServers.freePort();
    private final List<String> options;
    private TestServer server;

    private RedisServer(List<String> options) {
        this.options = options;
        this.server = TestServers.start(ServerKind.REDIS, port, options);
    }

    /** The one of this JVM, started by the first call. */
    public static synchronized RedisServer shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /**
     * A new one for the caller alone.
     *
     * @param options of redis-server, such as {@code "--maxmemory", "1mb"}
     */
    public static RedisServer start(String... options) {
        return new RedisServer(List.of(options));
    }

    /** {@code redis://host:port}. */
    public String getUri() {
        return "redis://" + host() + ":" + port();
    }

    public String host() {
        return server.host();
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
        server = TestServers.start(ServerKind.REDIS, port, options);
    }

    /** Freezes it: connections stay open and unanswered, until {@link #resume()}. */
    public void pause() {
        server.pause();
    }

    /** Lets it go on after {@link #pause()}, with the commands that came in meanwhile. */
    public void resume() {
        server.resume();
    }

    /** Removes all keys of all databases. */
    public void flush() {
        String answer = ask("FLUSHALL");
        if (!"+OK".equals(answer)) {
            throw new IllegalStateException("FLUSHALL on " + getUri() + " answered " + answer);
        }
    }

    /** Sends one inline command and returns the first line of the answer, in Redis' own notation. */
    String ask(String command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return String.valueOf(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + command + " from " + getUri(), e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return getUri();
    }
}
