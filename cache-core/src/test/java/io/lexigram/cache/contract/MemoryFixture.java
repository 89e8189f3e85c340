package io.lexigram.cache.contract;

import com.github.benmanes.caffeine.cache.Cache;
import io.lexigram.cache.backend.memory.CopyMode;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** The heap, by a clock that is moved, with Caffeine's maintenance on the calling thread. */
final class MemoryFixture implements BackendFixture {

    private final ManualTime time = new ManualTime();
    private final CopyMode copy;

    MemoryFixture() {
        this(CopyMode.NONE);
    }

    MemoryFixture(CopyMode copy) {
        this.copy = copy;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.RAW_BYTES, Capability.SHARED));
    }

    @Override
    public TimeSource time() {
        return time.source();
    }

    @Override
    public void advance(Duration duration) {
        time.advance(duration);
    }

    @Override
    public Set<Class<?>> nativeTypes() {
        return Set.of(Cache.class);
    }

    @Override
    public CacheBackend open(String partition) {
        return MemoryBackend.builder()
                .time(time.source())
                .executor(Runnable::run)
                .maxSize(100_000)
                .copy(copy)
                .build();
    }
}
