package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.testing.HeapChannel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries that several nodes share, on the heap of the test: it can go away, and says what it was asked to read. */
final class SharedHeap implements CacheBackend {

    final List<String> reads = new ArrayList<>();
    boolean isDown;
    boolean isClosed;
    private final MemoryBackend entries;
    private final @Nullable HeapChannel channel;

    SharedHeap(MemoryBackend entries, @Nullable HeapChannel channel) {
        this.entries = entries;
        this.channel = channel;
    }

    private MemoryBackend entries() {
        if (isDown) {
            throw new CacheConnectionException("down");
        }
        return entries;
    }

    @Override
    public String type() {
        return "heap";
    }

    @Override
    public EntryStore open(StoreSpec spec) {
        EntryStore store = entries.open(spec);
        return (EntryStore) Proxy.newProxyInstance(
                EntryStore.class.getClassLoader(), new Class<?>[] {EntryStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    entries();
                    if (method.getName().equals("read")) {
                        reads.add((String) arguments[0]);
                    } else if (method.getName().equals("readMany")) {
                        ((Collection<?>) arguments[0]).forEach(key -> reads.add((String) key));
                    }
                    try {
                        Object answer = method.invoke(store, arguments);
                        return answer instanceof StoredEntry entry ? entry.withValue(entry.value()) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What the store has, behind everybody's back. */
    EntryStore behind(StoreSpec spec) {
        return entries.open(spec);
    }

    @Override
    public Stream<CacheKey> keys(Predicate<String> fullKey) {
        return entries().keys(fullKey);
    }

    @Override
    public long removeMany(Collection<CacheKey> keys) {
        return entries().removeMany(keys);
    }

    @Override
    public long removeTagged(String tag) {
        return entries().removeTagged(tag);
    }

    @Override
    public long removeNamespace(String namespace) {
        return entries().removeNamespace(namespace);
    }

    @Override
    public long clear() {
        return entries().clear();
    }

    @Override
    public Duration ping(Duration timeout) {
        return entries().ping(timeout);
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type == ChannelTransport.Source.class ? type.cast(channel) : null;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
