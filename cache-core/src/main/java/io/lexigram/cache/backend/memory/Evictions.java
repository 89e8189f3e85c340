package io.lexigram.cache.backend.memory;

import com.github.benmanes.caffeine.cache.RemovalListener;
import io.lexigram.cache.spi.RemovalCause;
import io.lexigram.cache.spi.StoreListener;
import io.lexigram.cache.spi.StoredEntry;
import org.jspecify.annotations.Nullable;

/** Passes on what Caffeine evicts of its own accord: for room, or because its time is over. */
final class Evictions implements RemovalListener<String, StoredEntry> {

    private final StoreListener listener;

    Evictions(StoreListener listener) {
        this.listener = listener;
    }

    @Override
    public void onRemoval(
            @Nullable String key, @Nullable StoredEntry entry, com.github.benmanes.caffeine.cache.RemovalCause cause) {
        if (key != null) {
            listener.removed(
                    key,
                    cause == com.github.benmanes.caffeine.cache.RemovalCause.SIZE
                            ? RemovalCause.SIZE
                            : RemovalCause.EXPIRED);
        }
    }
}
