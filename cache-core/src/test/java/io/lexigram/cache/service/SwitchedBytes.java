package io.lexigram.cache.service;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Bytes elsewhere, which answer or are out of reach, and survive either. */
final class SwitchedBytes implements ByteBackend, ByteBackend.KeyScan, ByteBackend.TagIndex {

    private final Map<String, byte[]> map = new ConcurrentSkipListMap<>();
    private volatile boolean isDown;

    void down(boolean down) {
        isDown = down;
    }

    CacheBackend asBackend(TimeSource time) {
        return new EncodedBackend(this, new KeyCodec("app"), Duration.ofSeconds(10), time);
    }

    private <T> CompletionStage<T> call(Supplier<T> operation) {
        return isDown
                ? CompletableFuture.failedFuture(new CacheConnectionException("no route to the server"))
                : CompletableFuture.completedFuture(operation.get());
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String type() {
        return "switched";
    }

    @Override
    public CompletionStage<byte[]> get(byte[] key) {
        return call(() -> map.get(text(key)));
    }

    @Override
    public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
        return call(() -> map.put(text(entry.key()), entry.value()) == null);
    }

    @Override
    public CompletionStage<Boolean> delete(byte[] key) {
        return call(() -> map.remove(text(key)) != null);
    }

    @Override
    public CompletionStage<Void> ping() {
        return call(() -> null);
    }

    @Override
    public Stream<byte[]> scan(byte[] prefix) {
        if (isDown) {
            throw new CacheConnectionException("no route to the server");
        }
        return map.keySet().stream()
                .filter(key -> key.startsWith(text(prefix)))
                .map(key -> key.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public CompletionStage<List<byte[]>> heads(List<byte[]> keys, int length) {
        return call(() -> keys.stream()
                .map(key -> Arrays.copyOf(map.get(text(key)), Math.min(length, map.get(text(key)).length)))
                .toList());
    }

    @Override
    public long removeTagged(String tag, byte[] keyPrefix) {
        if (isDown) {
            throw new CacheConnectionException("no route to the server");
        }
        return 0;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public void close() {}
}
