package io.lexigram.cache.contract;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.contract.Twisted.Twist;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One thing that is wrong with a backend, or with what makes a service of it.
 *
 * @param name says what is wrong
 * @param laws those that must notice, each as {@code Nested#method} of {@link BackendContract}
 * @param fixture where the fault is
 */
record Fault(String name, List<String> laws, Supplier<BackendFixture> fixture) {

    /** The same, with the laws that must notice. */
    Fault breaks(String... broken) {
        return new Fault(name, List.of(broken), fixture);
    }

    @Override
    public String toString() {
        return name;
    }

    /** In each store on the heap, in one method. */
    static Fault inStore(String name, String method, Twist twist) {
        return inStore(name, store -> store.with(method, twist));
    }

    /** In each store on the heap. The change is made once per store, and may have a memory. */
    static Fault inStore(String name, UnaryOperator<Twisted<EntryStore>> change) {
        return inBackend(name, backend -> eachStore(backend, change));
    }

    /** In each store of bytes. */
    static Fault inEncodedStore(String name, UnaryOperator<Twisted<EntryStore>> change) {
        return inEncodedBackend(name, backend -> eachStore(backend, change));
    }

    private static CacheBackend eachStore(CacheBackend backend, UnaryOperator<Twisted<EntryStore>> change) {
        return ForwardingBackend.onStores(backend, store -> change.apply(Twisted.of(EntryStore.class, store))
                .build());
    }

    /** In a backend on the heap, in one method. */
    static Fault inBackend(String name, String method, Twist twist) {
        return inBackend(name, backend -> Twisted.of(CacheBackend.class, backend)
                .with(method, twist)
                .build());
    }

    /** In a backend on the heap. */
    static Fault inBackend(String name, UnaryOperator<CacheBackend> wrapping) {
        return in(name, () -> FaultyFixture.sound(new MemoryFixture()).backends(wrapping));
    }

    /** In a backend of bytes. */
    static Fault inEncodedBackend(String name, UnaryOperator<CacheBackend> wrapping) {
        return in(name, () -> FaultyFixture.sound(new EncodedFixture()).backends(wrapping));
    }

    /** In what stores the bytes, behind the adapter, in one method. */
    static Fault inBytes(String name, String method, Twist twist) {
        return inBytes(name, bytes -> bytes.with(method, twist));
    }

    /** In what stores the bytes, behind the adapter. */
    static Fault inBytes(String name, UnaryOperator<Twisted<ByteBackend>> change) {
        return in(
                name,
                () -> FaultyFixture.sound(new EncodedFixture(bytes ->
                        change.apply(Twisted.of(ByteBackend.class, bytes)).build())));
    }

    /** In the settings of the service. */
    static Fault inSettings(String name, UnaryOperator<LexigramCache.Builder> settings) {
        return in(name, () -> FaultyFixture.sound(new MemoryFixture()).settings(settings));
    }

    /** In the service, in one method. */
    static Fault inService(String name, String method, Twist twist) {
        return inService(name, service -> service.with(method, twist));
    }

    /** In the service. */
    static Fault inService(String name, UnaryOperator<Twisted<CacheService>> change) {
        return in(name, () -> FaultyFixture.sound(new MemoryFixture())
                .services(service ->
                        change.apply(Twisted.of(CacheService.class, service)).build()));
    }

    /** In every handle of a cache, in one method. */
    static Fault inCache(String name, String method, Twist twist) {
        return inCache(name, cache -> twisted(cache).with(method, twist).build());
    }

    /** In every handle of a cache. */
    static Fault inCache(String name, UnaryOperator<Cache<Object>> wrapping) {
        return inService(name, "cache", call -> wrapping.apply(asCache(call.proceed())));
    }

    /** In what a method of a cache or of the service answers with: a view, in one method of it. */
    static <T> Twist view(Class<T> type, String method, Twist twist) {
        return call ->
                Twisted.of(type, type.cast(call.proceed())).with(method, twist).build();
    }

    @SuppressWarnings("unchecked")
    static Twisted<Cache<Object>> twisted(Cache<Object> cache) {
        return Twisted.of((Class<Cache<Object>>) (Class<?>) Cache.class, cache);
    }

    @SuppressWarnings("unchecked")
    private static Cache<Object> asCache(Object cache) {
        return (Cache<Object>) cache;
    }

    /** In the fixture itself. */
    static Fault in(String name, Supplier<BackendFixture> fixture) {
        return new Fault(name, List.of(), fixture);
    }
}
