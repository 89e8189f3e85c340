package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A backend of type {@code fake} over the heap that can be said to be down. */
public final class FakeBackend implements CacheBackend {

    private final MemoryBackend memory = MemoryBackend.builder().build();
    private final AtomicInteger pings = new AtomicInteger();
    private volatile @Nullable String fault;
    private volatile Duration latency = Duration.ofNanos(400_000);
    private volatile boolean closed;

    /** From now on every call fails with this message; null lets it answer again. */
    public void failWith(@Nullable String fault) {
        this.fault = fault;
    }

    public int pings() {
        return pings.get();
    }

    public boolean isClosed() {
        return closed;
    }

    private MemoryBackend memory() {
        if (fault != null) {
            throw new CacheConnectionException(fault);
        }
        return memory;
    }

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public EntryStore open(StoreSpec spec) {
        EntryStore entries = memory.open(spec);
        return (EntryStore) Proxy.newProxyInstance(
                EntryStore.class.getClassLoader(), new Class<?>[] {EntryStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("contents")) {
                        memory();
                    }
                    return method.invoke(entries, arguments);
                });
    }

    @Override
    public Stream<CacheKey> keys(Predicate<String> fullKey) {
        return memory().keys(fullKey);
    }

    @Override
    public long removeMany(Collection<CacheKey> keys) {
        return memory().removeMany(keys);
    }

    @Override
    public long removeTagged(String tag) {
        return memory().removeTagged(tag);
    }

    @Override
    public long removeNamespace(String namespace) {
        return memory().removeNamespace(namespace);
    }

    @Override
    public long clear() {
        return memory().clear();
    }

    @Override
    public Duration ping(Duration timeout) {
        pings.incrementAndGet();
        memory();
        return latency;
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type.isInstance(this) ? type.cast(this) : null;
    }

    @Override
    public void close() {
        closed = true;
        memory.close();
    }
}
