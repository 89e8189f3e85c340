package io.lexigram.cache.resilience;

import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What processes know of each other's breakers: one key per backend, that is there while a breaker is open. */
final class SharedStates {

    private static final String OPEN = "OPEN:";
    private static final int LONGEST = 64;

    private final ByteBackend bytes;
    private final CircuitBreakerSettings.Sharing sharing;

    SharedStates(ByteBackend bytes, CircuitBreakerSettings.Sharing sharing) {
        this.bytes = bytes;
        this.sharing = sharing;
    }

    /** Which opening is known of the backend's breaker; null where none is, or where the key holds something else. */
    CompletionStage<@Nullable String> get(String backend) {
        return bytes.get(key(backend)).thenApply(SharedStates::opening);
    }

    private static @Nullable String opening(byte @Nullable [] value) {
        if (value == null || value.length > LONGEST) {
            return null;
        }
        String text = new String(value, StandardCharsets.UTF_8);
        return text.startsWith(OPEN) ? text.substring(OPEN.length()) : null;
    }

    CompletionStage<Boolean> set(String backend, String opening) {
        byte[] value = (OPEN + opening).getBytes(StandardCharsets.UTF_8);
        return bytes.set(new ByteEntry(key(backend), value, sharing.ttl().toMillis(), Set.of()), false);
    }

    CompletionStage<Boolean> delete(String backend) {
        return bytes.delete(key(backend));
    }

    private byte[] key(String backend) {
        return (sharing.keyPrefix() + backend).getBytes(StandardCharsets.UTF_8);
    }
}
