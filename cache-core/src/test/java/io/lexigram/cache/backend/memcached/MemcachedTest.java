package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Header;
import io.lexigram.cache.codec.Envelope.Payload;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A backend on the shared server, which is empty before each test. */
abstract class MemcachedTest {

    static final KeyCodec KEYS = MemcachedBackend.keys("app");

    /** Longer than any test runs. */
    static final long LONG = 600_000;

    static MemcachedServer server;
    static MemcachedBackend backend;

    @BeforeAll
    static void connect() {
        server = MemcachedServer.shared();
        backend = backendOf(server);
    }

    @AfterAll
    static void disconnect() {
        backend.close();
    }

    @BeforeEach
    void empty() {
        server.flush();
    }

    static MemcachedBackend backendOf(MemcachedServer... servers) {
        return MemcachedBackend.listingKeys(settings(servers), KEYS, TimeSource.SYSTEM);
    }

    /** With the patience that a busy machine needs. */
    static MemcachedSettings settings(MemcachedServer... servers) {
        return new MemcachedSettings(
                List.of(servers).stream().map(MemcachedServer::address).toList(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                2);
    }

    static byte[] key(String key) {
        return KEYS.encode("ns", key);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] record(long token) {
        return Envelope.lease(token, token, Envelope.NEVER, 77).toBytes();
    }

    /** A value stored at the group seq 55. */
    static ByteEntry value(String key, long entryId, String text, String... tags) {
        byte[] payload = bytes(text);
        Content content = new Content(
                1,
                Envelope.NEVER,
                0,
                0,
                Set.of(tags),
                "s",
                "ns",
                key,
                null,
                new Payload("bytes", payload, 0, payload.length));
        Header header = new Header(entryId, false, 0, 0, 55, Envelope.NEVER, 0, 0);
        return new ByteEntry(key(key), new Envelope(header, content).toBytes(), StoredEntry.NEVER, Set.of(tags));
    }

    /** The value of a stage, or what it failed with. */
    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
