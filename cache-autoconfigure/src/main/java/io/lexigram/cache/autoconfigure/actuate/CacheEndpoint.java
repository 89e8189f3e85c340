package io.lexigram.cache.autoconfigure.actuate;

import io.lexigram.cache.BackendInfo;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheEntry;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.BackendHealthChecks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows caches and evicts from them; never shows a value. Unknown names are {@link NoSuchElementException}s, which
 * {@link CacheEndpointWebExtension} answers with 404.
 */
@Endpoint(id = "cache")
public class CacheEndpoint {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final String GLOB = "*?[]^\\";

    private final CacheService service;
    private final BackendHealthChecks health;
    private final Evictions evictions;

    /** An endpoint that waits for an eviction for 10 seconds. */
    public CacheEndpoint(CacheService service, BackendHealthChecks health) {
        this(service, health, Evictions.inThreads());
    }

    CacheEndpoint(CacheService service, BackendHealthChecks health, Evictions evictions) {
        this.service = service;
        this.health = health;
        this.evictions = evictions;
    }

    /** All backends and caches. */
    @ReadOperation
    public CacheReport report() {
        String defaultBackend = null;
        Map<String, CacheReport.OfBackend> backends = new LinkedHashMap<>();
        for (BackendInfo backend : service.backends().values()) {
            defaultBackend = backend.isDefault() ? backend.name() : defaultBackend;
            backends.put(backend.name(), CacheReport.OfBackend.of(backend, health.of(backend.name())));
        }
        Map<String, CacheReport.OfCache> caches = new TreeMap<>();
        for (String name : service.cacheNames()) {
            service.find(name).ifPresent(cache -> caches.put(name, CacheReport.OfCache.of(cache)));
        }
        return new CacheReport(defaultBackend, backends, caches, CacheReport.Totals.of(service.stats()));
    }

    /** One cache, or what is known of one of its entries. */
    @ReadOperation
    public OperationResponseBody cache(@Selector String cache, @Nullable String key) {
        Cache<Object> handle = handle(cache);
        if (key == null) {
            return CacheReport.OfCache.of(handle);
        }
        CacheEntry<Object> entry =
                handle.results().getEntry(notEmpty("key", key)).orElseThrow();
        if (entry == null) {
            throw new NoSuchElementException("There is no such entry in the cache " + cache);
        }
        return EntryReport.of(cache, entry);
    }

    /** A page of the keys of a cache. */
    @ReadOperation
    public KeyPage keys(
            @Selector String cache,
            @Selector String view,
            @Nullable String prefix,
            @Nullable String cursor,
            @Nullable Integer limit) {
        Cache<Object> handle = handle(cache);
        if (!view.equals("keys")) {
            throw new NoSuchElementException("A cache has keys, and no " + view);
        }
        int size = limit == null ? PAGE : limit;
        if (size < 1 || size > LARGEST_PAGE) {
            throw new InvalidEndpointRequestException(
                    "limit out of range", "limit is " + size + " but must be from 1 to " + LARGEST_PAGE);
        }
        if (handle.policy().sensitive()) {
            throw new HiddenKeysException(cache);
        }
        requireUp(handle.policy().backend());
        try (Stream<String> keys = handle.keys(literal(prefix == null ? "" : prefix) + "*")) {
            return KeyPage.of(keys, cursor, size);
        }
    }

    /** Evicts one key, the keys that match a pattern, the entries that carry a tag, or all entries. */
    @DeleteOperation
    public Removal evict(@Selector String cache, @Nullable String key, @Nullable String pattern, @Nullable String tag) {
        long given = Stream.of(key, pattern, tag)
                .filter(parameter -> parameter != null)
                .count();
        if (given > 1) {
            throw new InvalidEndpointRequestException(
                    "more than one parameter", "Write one of key, pattern and tag, or none to clear the cache");
        }
        Cache<Object> handle = handle(cache);
        if (key != null) {
            return evictions.key(handle, notEmpty("key", key));
        }
        if (pattern != null) {
            return evictions.pattern(handle, notEmpty("pattern", pattern));
        }
        return tag != null ? evictions.tag(handle, notEmpty("tag", tag)) : evictions.all(handle);
    }

    /** Zeroes the counters of a cache on this node. Returns null: there is nothing to say. */
    @WriteOperation
    public @Nullable OperationResponseBody act(@Selector String cache, @Selector String action) {
        Cache<Object> handle = handle(cache);
        if (!action.equals("resetStatistics")) {
            throw new NoSuchElementException("A cache has the action resetStatistics, and no " + action);
        }
        handle.resetStats();
        return null;
    }

    private Cache<Object> handle(String name) {
        return service.find(name).orElseThrow(() -> new NoSuchElementException("There is no cache " + name));
    }

    /** A cache that fails open shows no keys where its backend is down. */
    private void requireUp(String backend) {
        CacheHealth answer = health.of(backend);
        if (answer.status() != CacheHealth.Status.UP) {
            throw new CacheBackendException("Backend '" + backend + "' does not answer");
        }
    }

    private static String notEmpty(String parameter, String value) {
        if (value.isEmpty()) {
            throw new InvalidEndpointRequestException(
                    parameter + " is empty", "Give " + parameter + " a value, or leave it out");
        }
        return value;
    }

    /** A glob that matches exactly this text. */
    private static String literal(String text) {
        StringBuilder glob = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            glob.append(GLOB.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return glob.toString();
    }
}
