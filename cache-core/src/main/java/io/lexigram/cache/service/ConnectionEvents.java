package io.lexigram.cache.service;

import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.EventDispatcher;
import io.lexigram.cache.spi.ConnectionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, and the log, that a backend came or went. */
record ConnectionEvents(String backend, EventDispatcher events) implements ConnectionListener {

    private static final Logger log = LoggerFactory.getLogger("io.lexigram.cache");

    @Override
    public void connected() {
        log.info("Cache backend '{}' is connected", backend);
        events.publish(new CacheEvent.Connected(backend));
    }

    @Override
    public void disconnected() {
        log.warn("Cache backend '{}' cannot be reached; the application goes on without it", backend);
        events.publish(new CacheEvent.Disconnected(backend));
    }
}
