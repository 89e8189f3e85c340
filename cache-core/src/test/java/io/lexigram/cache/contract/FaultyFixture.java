package io.lexigram.cache.contract;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A fixture with other partitions than it is asked for, something around its backends, in the settings of the service, and around the service. */
record FaultyFixture(
        BackendFixture sound,
        UnaryOperator<String> partitions,
        UnaryOperator<CacheBackend> backends,
        UnaryOperator<LexigramCache.Builder> settings,
        UnaryOperator<CacheService> services)
        implements BackendFixture {

    static FaultyFixture sound(BackendFixture fixture) {
        return new FaultyFixture(
                fixture,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    FaultyFixture partitions(UnaryOperator<String> change) {
        return new FaultyFixture(sound, change, backends, settings, services);
    }

    FaultyFixture backends(UnaryOperator<CacheBackend> wrapping) {
        return new FaultyFixture(sound, partitions, wrapping, settings, services);
    }

    FaultyFixture settings(UnaryOperator<LexigramCache.Builder> change) {
        return new FaultyFixture(sound, partitions, backends, change, services);
    }

    FaultyFixture services(UnaryOperator<CacheService> wrapping) {
        return new FaultyFixture(sound, partitions, backends, settings, wrapping);
    }

    @Override
    public String name() {
        return "a broken " + sound.name();
    }

    @Override
    public Set<Capability> capabilities() {
        return sound.capabilities();
    }

    @Override
    public TimeSource time() {
        return sound.time();
    }

    @Override
    public void advance(Duration time) {
        sound.advance(time);
    }

    @Override
    public CacheBackend open(String partition) {
        return backends.apply(sound.open(partitions.apply(partition)));
    }

    @Override
    public Set<Class<?>> nativeTypes() {
        return sound.nativeTypes();
    }

    @Override
    public RawAccess raw(String partition) {
        return sound.raw(partition);
    }

    @Override
    public CacheService build(LexigramCache.Builder builder) {
        return services.apply(settings.apply(builder).build());
    }

    @Override
    public void close() {
        sound.close();
    }
}
