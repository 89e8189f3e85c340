package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.KeyScan;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import io.lexigram.cache.testing.TlsCertificate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Servers that speak TLS only. */
class MemcachedTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private static TlsCertificate certificate;
    private static MemcachedServer server;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        certificate = TlsCertificate.make();
        server = MemcachedServer.startWithTls(certificate);
    }

    @AfterAll
    static void stop() {
        server.close();
        certificate.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void values_of_all_lengths_are_stored_read_counted_and_removed() {
        MemcachedBackend backend = backend(settings(LONG, server));
        for (int length : new int[] {0, 1, 16_383, 16_384, 16_385, 200_000, 1_000_000}) {
            byte[] value =
                    "\r\nEND\r\n".repeat(length / 7 + 1).substring(0, length).getBytes();
            set(backend, "k" + length, value);

            assertThat(MemcachedTest.get(backend.get(key("k" + length)))).isEqualTo(value);
        }
        assertThat(MemcachedTest.get(backend.increment(key("n"), 5, StoredEntry.NEVER)))
                .isEqualTo(5);
        assertThat(MemcachedTest.get(backend.increment(key("n"), 2, StoredEntry.NEVER)))
                .isEqualTo(7);
        assertThat(MemcachedTest.get(backend.delete(key("n")))).isTrue();
        assertThat(MemcachedTest.get(backend.delete(key("n")))).isFalse();
        assertThat(MemcachedTest.get(backend.get(key("n")))).isNull();
    }

    @Test
    void a_server_with_the_certificate_of_somebody_else_is_refused_with_the_reason() {
        try (TlsCertificate other = TlsCertificate.make()) {
            MemcachedBackend backend = backend(settings(LONG, server).with(MemcachedTls.of(other.context())));

            assertThatThrownBy(() -> MemcachedTest.get(backend.get(key("k"))))
                    .isInstanceOf(CacheConnectionException.class)
                    .hasMessageContaining(server.address())
                    .hasMessageContaining("PKIX path");
        }
    }

    @Test
    void a_server_whose_certificate_is_for_another_host_is_refused_with_the_reason() {
        try (TlsCertificate foreign = TlsCertificate.makeFor("dns:example.org");
                MemcachedServer impostor = MemcachedServer.startWithTls(foreign)) {
            MemcachedBackend backend = backend(settings(LONG, impostor).with(MemcachedTls.of(foreign.context())));

            assertThatThrownBy(() -> MemcachedTest.get(backend.get(key("k"))))
                    .isInstanceOf(CacheConnectionException.class)
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void a_server_that_does_not_speak_tls_is_refused_with_the_reason() {
        MemcachedServer plain = MemcachedServer.shared();
        MemcachedBackend backend = backend(settings(LONG, plain));

        assertThatThrownBy(() -> MemcachedTest.get(backend.get(key("k"))))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("SSL");
    }

    @Test
    void keys_of_three_servers_lie_where_the_ring_has_them_as_they_do_without_tls() throws IOException {
        MemcachedServer[] three = {own(), own(), own()};
        MemcachedSettings settings = settings(LONG, three);
        MemcachedBackend backend = backend(settings);
        Ring ring = new Ring(settings.servers());
        for (int i = 0; i < 60; i++) {
            set(backend, "k" + i, new byte[1]);
        }

        int[] found = new int[three.length];
        for (int i = 0; i < 60; i++) {
            String physical = Items.text(key("k" + i));
            int owner = ring.serverOf(physical);
            found[owner]++;
            for (int other = 0; other < three.length; other++) {
                assertThat(ask(settings, other, "mg " + physical)).isEqualTo(other == owner ? "HD" : "EN");
            }
        }
        assertThat(found).doesNotContain(0);
    }

    @Test
    void a_server_that_is_restarted_is_used_again_and_nothing_old_is_there() {
        MemcachedServer restarted = own();
        MemcachedBackend backend = backend(settings(LONG, restarted));
        set(backend, "k", new byte[] {1});

        restarted.restart();

        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> MemcachedTest.get(backend.get(key("k"))) == null);
        set(backend, "k", new byte[] {2});
        assertThat(MemcachedTest.get(backend.get(key("k")))).containsExactly(2);
    }

    @Test
    void a_server_that_comes_later_is_used_when_it_is_there() {
        MemcachedServer late = own();
        late.stop();
        MemcachedBackend backend = backend(settings(LONG, late));
        assertThatThrownBy(() -> MemcachedTest.get(backend.get(key("k"))))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining(late.address());

        late.restart();

        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> MemcachedTest.get(backend.get(key("k"))) == null);
    }

    @Test
    void a_removal_behind_a_write_that_was_not_answered_in_time_stays_behind_it() {
        MemcachedServer paused = own();
        MemcachedBackend backend = backend(settings(SHORT, paused));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> MemcachedTest.get(backend.get(key("k"))) == null);
        for (int round = 0; round < 10; round++) {
            paused.pause();
            CompletableFuture<Boolean> written =
                    backend.set(entry("k", new byte[100_000]), false).toCompletableFuture();
            assertThatThrownBy(() -> MemcachedTest.get(written)).isInstanceOf(CacheTimeoutException.class);
            var removed = backend.delete(key("k"));
            paused.resume();

            await().atMost(PATIENCE).until(removed.toCompletableFuture()::isDone);
            assertThat(MemcachedTest.get(backend.get(key("k")))).isNull();
        }
    }

    @Test
    void of_commands_that_a_killed_server_leaves_unanswered_each_fails_and_none_is_sent_again() {
        MemcachedServer killed = own();
        MemcachedBackend backend = backend(settings(LONG, killed));
        set(backend, "k", new byte[1]);
        killed.pause();
        List<CompletableFuture<Boolean>> unanswered = IntStream.range(0, 200)
                .mapToObj(i ->
                        backend.set(entry("k" + i, new byte[100_000]), false).toCompletableFuture())
                .toList();

        killed.restart();

        assertThat(unanswered).allSatisfy(write -> assertThatThrownBy(() -> MemcachedTest.get(write))
                .isInstanceOf(CacheConnectionException.class));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(CacheException.class)
                .untilAsserted(() -> {
                    for (int i = 0; i < 200; i++) {
                        assertThat(MemcachedTest.get(backend.get(key("k" + i)))).isNull();
                    }
                });
    }

    @Test
    void what_the_server_refuses_fails_alone() {
        MemcachedSettings settings = settings(LONG, server);
        Connections connections = open(settings, LONG);
        Pending<Boolean> text =
                send(connections, new Request.Store("{t}", Request.Mode.SET, 0, new byte[5], Expiry.NEVER));
        Pending<?> refused = send(connections, new Request.Increment("{t}", 1));
        Pending<?> tooLarge =
                send(connections, new Request.Store("{t}l", Request.Mode.SET, 0, new byte[2_000_000], Expiry.NEVER));
        Pending<?> behind = send(connections, new Request.Get("{t}"));

        assertThat(MemcachedTest.get(text.answer())).isTrue();
        assertThatThrownBy(() -> MemcachedTest.get(refused.answer())).hasMessageContaining("non-numeric");
        assertThatThrownBy(() -> MemcachedTest.get(tooLarge.answer())).isInstanceOf(CacheCapacityException.class);
        assertThat(MemcachedTest.get(behind.answer())).isInstanceOf(Item.class);
    }

    @Test
    void thousands_of_commands_that_are_sent_at_once_are_all_answered() {
        Connections connections = open(settings(LONG, server), LONG);
        List<Pending<Boolean>> writes = IntStream.range(0, 5_000)
                .mapToObj(i -> send(
                        connections,
                        new Request.Store("{m}" + i % 10, Request.Mode.SET, 0, new byte[i % 700], Expiry.NEVER)))
                .toList();

        assertThat(writes).allSatisfy(write -> assertThat(MemcachedTest.get(write.answer()))
                .isTrue());
    }

    @Test
    void a_server_that_leaves_a_command_waiting_and_says_nothing_is_connected_to_anew() {
        MemcachedServer silent = own();
        Connections connections = open(settings(LONG, silent), SHORT);
        Request.Get get = new Request.Get("{k}");
        assertThat(MemcachedTest.get(send(connections, get).answer())).isNull();

        silent.pause();
        assertThatThrownBy(() -> MemcachedTest.get(send(connections, get).answer()))
                .hasMessageContaining("timed out");
        silent.resume();

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> MemcachedTest.get(send(connections, get).answer()) == null);
    }

    @Test
    void a_value_over_the_limit_that_the_server_told_is_refused_with_both_sizes() {
        MemcachedBackend backend = backend(settings(LONG, server));
        MemcachedTest.get(backend.get(key("k")));

        assertThatThrownBy(() -> set(backend, "k", new byte[1_100_000]))
                .isInstanceOf(CacheCapacityException.class)
                .hasMessageContaining("1100000")
                .hasMessageContaining("1048576");
    }

    @Test
    void keys_are_listed_through_tls() {
        MemcachedServer listed = own();
        MemcachedBackend backend = backend(settings(LONG, listed));
        set(backend, "a b", new byte[1]);
        set(backend, "c", new byte[1]);

        try (Stream<byte[]> found = ((KeyScan) backend).scan(MemcachedTest.KEYS.namespacePrefix("ns"))) {
            assertThat(found).containsExactlyInAnyOrder(key("a b"), key("c"));
        }
    }

    @Test
    void a_closed_backend_leaves_no_thread_behind() {
        MemcachedServer left = own();
        MemcachedBackend backend = backend(settings(LONG, left));
        MemcachedTest.get(backend.get(key("k")));
        assertThat(threadsOf(left)).isNotEmpty().allMatch(Thread::isDaemon);

        backend.close();

        await().atMost(PATIENCE).until(() -> threadsOf(left).isEmpty());
        assertThatThrownBy(() -> MemcachedTest.get(backend.get(key("k"))))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("closed");
    }

    private static List<Thread> threadsOf(MemcachedServer server) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith(server.address()))
                .toList();
    }

    private static void set(MemcachedBackend backend, String key, byte[] value) {
        MemcachedTest.get(backend.set(entry(key, value), false));
    }

    private static ByteEntry entry(String key, byte[] value) {
        return new ByteEntry(key(key), value, StoredEntry.NEVER, Set.of());
    }

    private static byte[] key(String key) {
        return MemcachedTest.key(key);
    }

    private static <T> Pending<T> send(Connections connections, Request<T> request) {
        Pending<T> pending = new Pending<>(request);
        connections.send(pending);
        return pending;
    }

    private static String ask(MemcachedSettings settings, int server, String command) throws IOException {
        Sockets sockets = new Sockets(settings, LONG);
        try (Socket socket = sockets.connect(settings.address(server));
                Socket secured = sockets.secured(socket, settings.address(server))) {
            TextProtocol.line(command, secured.getOutputStream());
            return TextProtocol.line(new BufferedInputStream(secured.getInputStream()));
        }
    }

    private MemcachedServer own() {
        MemcachedServer own = MemcachedServer.startWithTls(certificate);
        opened.add(own);
        return own;
    }

    private Connections open(MemcachedSettings settings, Duration silence) {
        try {
            Connections connections = TlsConnections.open(settings, new Reach(), silence);
            opened.add(0, connections::close);
            return connections;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private MemcachedBackend backend(MemcachedSettings settings) {
        MemcachedBackend backend = MemcachedBackend.listingKeys(settings, MemcachedTest.KEYS, TimeSource.SYSTEM);
        opened.add(0, backend::close);
        return backend;
    }

    private static MemcachedSettings settings(Duration timeout, MemcachedServer... servers) {
        List<String> addresses =
                Stream.of(servers).map(MemcachedServer::address).toList();
        return new MemcachedSettings(addresses, LONG, timeout, 2).with(MemcachedTls.of(certificate.context()));
    }
}
