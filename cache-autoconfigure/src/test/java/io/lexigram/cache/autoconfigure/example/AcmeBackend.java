package io.lexigram.cache.autoconfigure.example;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.lexigram.cache.spi.ByteBackend;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The four primitives over a store of bytes, here a map; the engine adds keys, envelopes, lifetimes and deadlines. */
final class AcmeBackend implements ByteBackend {

    private final String region;
    private final Map<ByteBuffer, byte[]> store = new ConcurrentHashMap<>();

    AcmeBackend(String region) {
        this.region = region;
    }

    @Override
    public String type() {
        return "acme";
    }

    @Override
    public CompletionStage<byte @Nullable []> get(byte[] key) {
        return completedFuture(store.get(ByteBuffer.wrap(key)));
    }

    @Override
    public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
        ByteBuffer key = ByteBuffer.wrap(entry.key());
        byte[] before = ifAbsent ? store.putIfAbsent(key, entry.value()) : store.put(key, entry.value());
        return completedFuture(!ifAbsent || before == null);
    }

    @Override
    public CompletionStage<Boolean> delete(byte[] key) {
        return completedFuture(store.remove(ByteBuffer.wrap(key)) != null);
    }

    @Override
    public CompletionStage<@Nullable Void> ping() {
        return completedFuture(null);
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type == String.class ? type.cast(region) : null;
    }

    @Override
    public void close() {
        store.clear();
    }
}
