package io.lexigram.cache.faults;

import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memcached.MemcachedSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MemcachedFaultsIT extends ServerFaults {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final MemcachedServer server = MemcachedServer.start();

    MemcachedFaultsIT() {
        super(Setup.PLAIN);
    }

    @Override
    KeyCodec keys() {
        return MemcachedBackend.keys(prefix);
    }

    @Override
    ByteBackend backend(KeyCodec keys, boolean isNear) {
        return MemcachedBackend.listingKeys(
                new MemcachedSettings(List.of(server.address()), TIMEOUT, TIMEOUT, 2), keys, TimeSource.SYSTEM);
    }

    @Override
    @AfterEach
    void close() throws Exception {
        super.close();
        server.close();
    }

    @Override
    void stopServer() {
        server.stop();
    }

    @Override
    void restartServer() {
        server.restart();
    }

    @Override
    void pauseServer() {
        server.pause();
    }

    @Override
    void resumeServer() {
        server.resume();
    }
}
