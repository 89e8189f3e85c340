package io.lexigram.cache.contract;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.Set;

/** One backend for one law. Every fixture starts empty and shares nothing with another one. */
public interface BackendFixture extends AutoCloseable {

    /** What the report calls it. */
    String name();

    Set<Capability> capabilities();

    /** The time that the backend and the service on it go by. */
    default TimeSource time() {
        return TimeSource.SYSTEM;
    }

    /** Lets time pass, where there is a {@link Capability#MANUAL_CLOCK}. */
    default void advance(Duration time) {
        throw new UnsupportedOperationException(name() + " goes by the time of the machine");
    }

    /**
     * Opens a backend over a partition of this fixture's store, which is what a key prefix selects. Entries of one partition
     * are in no other. The service that is built on it closes it.
     */
    CacheBackend open(String partition);

    /** The stored bytes of a partition, where there is {@link Capability#RAW_BYTES}. */
    default RawAccess raw(String partition) {
        throw new UnsupportedOperationException(name() + " stores no bytes");
    }

    /** The service under test; a fixture that checks the contract itself may hand out another one. */
    default CacheService build(LexigramCache.Builder builder) {
        return builder.build();
    }

    /** Whether each law is to look for loads that are left, which takes hundreds of calls. */
    default boolean countsLoads() {
        return true;
    }

    /** What a cache that was used can be unwrapped to. */
    default Set<Class<?>> nativeTypes() {
        return Set.of();
    }

    @Override
    default void close() {}
}
