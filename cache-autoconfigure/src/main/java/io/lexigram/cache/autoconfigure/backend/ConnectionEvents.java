package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.event.EventDispatcher;
import java.util.concurrent.ForkJoinPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Tells listeners, and the log, that a backend came or went. */
final class ConnectionEvents implements RedisConnectionListener {

    private static final Logger log = LoggerFactory.getLogger(ConnectionEvents.class);
    private static final int MAX_WAITING = 100;

    private final String backend;
    private final EventDispatcher events;

    ConnectionEvents(String backend, ObjectProvider<CacheEventListener> listeners) {
        this.backend = backend;
        this.events = new EventDispatcher(listeners.orderedStream().toList(), ForkJoinPool.commonPool(), MAX_WAITING);
    }

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
