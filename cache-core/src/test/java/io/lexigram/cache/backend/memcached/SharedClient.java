package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.List;

/** One client of the shared server for many backends: making one takes longer than most laws. */
public final class SharedClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final MemcachedSettings SETTINGS =
            new MemcachedSettings(List.of(MemcachedServer.shared().address()), PATIENCE, PATIENCE, 1);
    private static final Client CLIENT = Client.of(SETTINGS, TimeSource.SYSTEM.ticker());

    private SharedClient() {}

    /** A backend that leaves the client open when it is closed. */
    public static MemcachedBackend backend(KeyCodec keys) {
        return new ListingMemcachedBackend(CLIENT, SETTINGS, keys, TimeSource.SYSTEM) {
            @Override
            public void close() {}
        };
    }
}
