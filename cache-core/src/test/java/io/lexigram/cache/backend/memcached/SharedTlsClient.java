package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import io.lexigram.cache.testing.TlsCertificate;
import java.time.Duration;
import java.util.List;

/** As {@link SharedClient}, of a server of its own that speaks TLS. */
public final class SharedTlsClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final MemcachedSettings SETTINGS = start();
    private static final Client CLIENT = Client.of(SETTINGS, TimeSource.SYSTEM.ticker());

    private SharedTlsClient() {}

    private static MemcachedSettings start() {
        try (TlsCertificate certificate = TlsCertificate.make()) {
            // The server has read the files when it is ready.
            MemcachedServer server =
                    MemcachedServer.startWithTls(certificate, "-m", "256", "-I", "4m", "-o", "hashpower=13");
            return new MemcachedSettings(List.of(server.address()), PATIENCE, PATIENCE, 1)
                    .with(MemcachedTls.of(certificate.context()));
        }
    }

    /** A backend that leaves the client open when it is closed. */
    public static MemcachedBackend backend(KeyCodec keys) {
        return new ListingMemcachedBackend(CLIENT, SETTINGS, keys, TimeSource.SYSTEM) {
            @Override
            public void close() {}
        };
    }
}
