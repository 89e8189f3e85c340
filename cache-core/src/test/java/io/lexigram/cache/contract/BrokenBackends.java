package io.lexigram.cache.contract;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.EntryStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Backends that are broken on purpose, and one that is not. Every law of the contract has one that breaks it. */
final class BrokenBackends {

    /** All that faults are made of, and no fault. */
    @SuppressWarnings("unchecked")
    static final Fault SOUND = Fault.in("nothing is wrong", () -> FaultyFixture.sound(new EncodedFixture(
                    bytes -> Twisted.of(ByteBackend.class, bytes).build()))
            .backends(backend -> ForwardingBackend.onStores(
                    backend, store -> Twisted.of(EntryStore.class, store).build()))
            .services(service -> Twisted.of(CacheService.class, service)
                    .with("cache", call -> Fault.twisted((Cache<Object>) call.proceed())
                            .build())
                    .build()));

    private static final Map<String, Fault> BY_NAME = Stream.of(
                    ReadWriteFaults.all(),
                    ValueFaults.all(),
                    KeyFaults.all(),
                    LifetimeFaults.all(),
                    BatchFaults.all(),
                    InvalidationFaults.all(),
                    TagFaults.all(),
                    CounterFaults.all(),
                    VersionFaults.all(),
                    ConcurrencyFaults.all(),
                    LoadFaults.all(),
                    ServiceFaults.all(),
                    CorruptionFaults.all(),
                    List.of(SOUND))
            .flatMap(List::stream)
            .collect(Collectors.toMap(Fault::name, Function.identity()));

    private BrokenBackends() {}

    static List<Fault> all() {
        return BY_NAME.values().stream().filter(fault -> fault != SOUND).toList();
    }

    static Fault named(String name) {
        Fault fault = BY_NAME.get(name);
        if (fault == null) {
            throw new IllegalArgumentException("There is no fault '" + name + "'");
        }
        return fault;
    }
}
