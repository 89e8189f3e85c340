package io.lexigram.cache.contract;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does what another backend does. */
class ForwardingBackend implements CacheBackend {

    private final CacheBackend backend;

    ForwardingBackend(CacheBackend backend) {
        this.backend = backend;
    }

    /** A backend whose stores are wrapped. */
    static CacheBackend onStores(CacheBackend backend, UnaryOperator<EntryStore> wrapping) {
        return new ForwardingBackend(backend) {
            @Override
            public EntryStore open(StoreSpec spec) {
                return wrapping.apply(super.open(spec));
            }
        };
    }

    @Override
    public String type() {
        return backend.type();
    }

    @Override
    public EntryStore open(StoreSpec spec) {
        return backend.open(spec);
    }

    @Override
    public Stream<CacheKey> keys(Predicate<String> fullKey) {
        return backend.keys(fullKey);
    }

    @Override
    public long removeMany(Collection<CacheKey> keys) {
        return backend.removeMany(keys);
    }

    @Override
    public long removeTagged(String tag) {
        return backend.removeTagged(tag);
    }

    @Override
    public long removeNamespace(String namespace) {
        return backend.removeNamespace(namespace);
    }

    @Override
    public long clear() {
        return backend.clear();
    }

    @Override
    public Duration ping(Duration timeout) {
        return backend.ping(timeout);
    }

    @Override
    public boolean isLocal() {
        return backend.isLocal();
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return backend.unwrap(type);
    }

    @Override
    public void close() {
        backend.close();
    }
}
