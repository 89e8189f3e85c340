package io.lexigram.cache.backend.redis;

import io.lexigram.cache.spi.ConnectionListener;

/** Hears whether Redis can be reached. */
public interface RedisConnectionListener extends ConnectionListener {

    RedisConnectionListener NONE = new RedisConnectionListener() {};
}
