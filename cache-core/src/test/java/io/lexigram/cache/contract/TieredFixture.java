package io.lexigram.cache.contract;

import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.channel.ChannelTimer;
import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.HeapChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Copies in memory before bytes on the heap: each node hears the others at once, and beats when time is advanced. */
final class TieredFixture implements BackendFixture {

    private final EncodedFixture shared = new EncodedFixture();
    private final Map<String, HeapChannel> channels = new ConcurrentHashMap<>();
    private final List<Runnable> beats = new CopyOnWriteArrayList<>();
    private final ChannelTimer timer = (interval, task) -> {
        beats.add(task);
        return new CompletableFuture<>();
    };

    @Override
    public String name() {
        return "tiered";
    }

    @Override
    public Set<Capability> capabilities() {
        EnumSet<Capability> capabilities = EnumSet.copyOf(shared.capabilities());
        // What is changed behind the cache's back is not seen before the copies have ended.
        capabilities.remove(Capability.RAW_BYTES);
        capabilities.add(Capability.ENTRY_COUNT);
        return capabilities;
    }

    @Override
    public TimeSource time() {
        return shared.time();
    }

    @Override
    public void advance(Duration time) {
        shared.advance(time);
        beats.forEach(Runnable::run);
    }

    @Override
    public CacheBackend open(String partition) {
        HeapChannel channel = channels.computeIfAbsent(partition, any -> new HeapChannel());
        CacheBackend entries = new ForwardingBackend(shared.open(partition)) {
            @Override
            public <T> @Nullable T unwrap(Class<T> type) {
                return type == ChannelTransport.Source.class ? type.cast(channel) : super.unwrap(type);
            }
        };
        return TieredBackend.builder(
                        MemoryBackend.builder()
                                .time(time())
                                .executor(Runnable::run)
                                .build(),
                        entries)
                .time(time())
                .timer(timer)
                .build();
    }

    @Override
    public RawAccess raw(String partition) {
        return shared.raw(partition);
    }
}
