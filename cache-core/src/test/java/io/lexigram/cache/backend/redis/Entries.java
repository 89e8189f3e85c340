package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Header;
import io.lexigram.cache.codec.Envelope.Payload;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Entries as the adapter above the backend stores them. */
final class Entries {

    static final KeyCodec KEYS = new KeyCodec("app");

    private static final AtomicLong IDS = new AtomicLong();

    private Entries() {}

    static byte[] key(String key) {
        return KEYS.encode("ns", key);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static ByteEntry raw(byte[] key, String value) {
        return new ByteEntry(key, bytes(value), StoredEntry.NEVER, Set.of());
    }

    static ByteEntry entry(String key, String value, String... tags) {
        return entry(key, value, StoredEntry.NEVER, tags);
    }

    static ByteEntry entry(String key, String value, long ttlMillis, String... tags) {
        return new ByteEntry(key(key), envelope(key, value, tags), ttlMillis, Set.of(tags));
    }

    static byte[] envelope(String key, String value, String... tags) {
        byte[] payload = bytes(value);
        return new Envelope(
                        new Header(IDS.incrementAndGet(), false, 0, 0, 0, Envelope.NEVER, 0, 0),
                        new Content(
                                1,
                                Envelope.NEVER,
                                0,
                                0,
                                Set.of(tags),
                                "s",
                                "ns",
                                key,
                                null,
                                new Payload("bytes", payload, 0, payload.length)))
                .toBytes();
    }

    static byte[] lease() {
        return Envelope.lease(IDS.incrementAndGet(), 7, 8, 9).toBytes();
    }

    /** The value of a stage, or what it failed with. */
    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
