package io.lexigram.cache.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
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

    private static final Duration REPLICATION = Duration.ofSeconds(60);
    private static final Pattern WRITTEN = Pattern.compile("master_repl_offset:(\\d+)");
    private static final Pattern CONFIRMED = Pattern.compile("slave\\d+:.*offset=(\\d+)");

    private static @Nullable RedisServer shared;

    private final int port;
    private final Supplier<TestServer> starting;
    private TestServer server;

    private RedisServer(int port, Supplier<TestServer> starting) {
        this.port = port;
        this.starting = starting;
        this.server = starting.get();
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
        int port = TestServers.freePort();
        return new RedisServer(port, () -> TestServers.start(ServerKind.REDIS, port, List.of(options)));
    }

    /** One of several that reach each other, and are reached, on the loopback address. */
    static RedisServer startOnLoopback(ServerKind kind, int port, List<String> options) {
        return new RedisServer(port, () -> TestServers.startOnLoopback(kind, port, options));
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
        server = starting.get();
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
        order("FLUSHALL");
    }

    /** Sends one inline command and expects OK. */
    public void order(String command) {
        String answer = ask(command);
        if (!"+OK".equals(answer)) {
            throw new IllegalStateException(command + " on " + getUri() + " answered " + answer);
        }
    }

    boolean isRunning() {
        return TestServers.isRunning(server);
    }

    /**
     * Sends one inline command and returns the answer: a text without what Redis' notation adds, anything else as its first
     * line in that notation.
     */
    public String ask(String command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String answer = String.valueOf(reader.readLine());
            return answer.matches("\\$\\d+") ? text(reader, Integer.parseInt(answer.substring(1))) : answer;
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + command + " from " + getUri(), e);
        }
    }

    private static String text(BufferedReader reader, int length) throws IOException {
        char[] text = new char[length];
        int filled = 0;
        while (filled < length) {
            int read = reader.read(text, filled, length - filled);
            if (read < 0) {
                throw new EOFException("The answer ended after " + filled + " of " + length + " bytes");
            }
            filled += read;
        }
        return new String(text);
    }

    /** Waits until each replica, and there is one, has confirmed all that was written here before. */
    public void awaitReplicas() {
        String before = ask("INFO replication");
        long written = numbers(before, WRITTEN).max().orElseThrow();
        await().ignoreExceptions().atMost(REPLICATION).until(() -> {
            long[] confirmed = numbers(ask("INFO replication"), CONFIRMED).toArray();
            return confirmed.length > 0 && LongStream.of(confirmed).allMatch(offset -> offset >= written);
        });
    }

    private static LongStream numbers(String info, Pattern pattern) {
        return pattern.matcher(info).results().mapToLong(found -> Long.parseLong(found.group(1)));
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
