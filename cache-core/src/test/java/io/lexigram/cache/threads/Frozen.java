package io.lexigram.cache.threads;

import io.lexigram.cache.testing.MemcachedServer;
import io.lexigram.cache.testing.RedisServer;

/** A server that can be stopped in the middle of its work. */
record Frozen(String address, Runnable pausing, Runnable resuming, Runnable stopping) implements AutoCloseable {

    static Frozen start(Place place) {
        if (place == Place.MEMCACHED) {
            MemcachedServer server = MemcachedServer.start();
            return new Frozen(server.address(), server::pause, server::resume, server::stop);
        }
        RedisServer server = RedisServer.start();
        return new Frozen(server.getUri(), server::pause, server::resume, server::stop);
    }

    @Override
    public void close() {
        stopping.run();
    }
}
