package io.lexigram.cache.service;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The backend of a service that is switched off: it holds nothing. */
final class NoBackend implements CacheBackend {

    @Override
    public String type() {
        return "none";
    }

    @Override
    public EntryStore open(StoreSpec spec) {
        return new NoStore();
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Stream<CacheKey> keys(Predicate<String> fullKey) {
        return Stream.empty();
    }

    @Override
    public long removeMany(Collection<CacheKey> keys) {
        return 0;
    }

    @Override
    public long removeTagged(String tag) {
        return 0;
    }

    @Override
    public long removeNamespace(String namespace) {
        return 0;
    }

    @Override
    public long clear() {
        return 0;
    }

    @Override
    public Duration ping(Duration timeout) {
        return Duration.ZERO;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public void close() {}
}
