package io.lexigram.cache.faults;

import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.SentinelTrio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sentinels put a replica in the place of its primary. */
class SentinelFaultsIT extends NodesUnderFaults {

    private final SentinelTrio trio = SentinelTrio.start();

    SentinelFaultsIT() {
        super(Setup.PLAIN);
    }

    @Override
    KeyCodec keys() {
        return new KeyCodec(prefix);
    }

    @Override
    ByteBackend backend(KeyCodec keys, boolean isNear) {
        return RedisBackend.connectingTo(
                RedisSettings.builder()
                        .sentinel(SentinelTrio.MASTER, trio.sentinels())
                        .build(),
                keys,
                TimeSource.SYSTEM,
                RedisConnectionListener.NONE);
    }

    @Override
    @AfterEach
    void close() throws Exception {
        super.close();
        trio.close();
    }

    @Test
    void a_primary_that_is_killed_and_replaced_by_its_replica() throws Exception {
        outlive(trio::kill, () -> {}, Effect.LOSS);
    }
}
