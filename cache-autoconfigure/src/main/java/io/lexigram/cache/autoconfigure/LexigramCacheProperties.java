package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.service.Protection.OnWaitTimeout;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the cache. An unknown name below {@code lexigram.cache} is an error: a misspelt ttl must not pass for the
 * default one.
 *
 * @param enabled Whether to cache. When off, the cache passes everything through to its loaders.
 * @param environment Environment the application runs in. By default LEX_ENV, else production if a profile prod or
 *     production is active, else development.
 * @param keyPrefix Prefix of all keys on remote backends. By default the name of the application.
 * @param defaultBackend Name of the backend for caches that name none.
 * @param backends Backends by name. By default one in memory.
 * @param caches Policies of caches by name.
 * @param service Settings for all caches.
 * @param limits Bounds of what the cache keeps in memory beside its entries.
 * @param monitoring Warnings about caches that are seldom hit or not used.
 * @param health Settings of the health contributor.
 * @param annotations Settings of the annotations.
 */
@ConfigurationProperties(prefix = LexigramCacheProperties.PREFIX, ignoreUnknownFields = false)
public record LexigramCacheProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable CacheEnvironment environment,
        @Nullable String keyPrefix,
        @Nullable String defaultBackend,
        @DefaultValue Map<String, BackendProperties> backends,
        @DefaultValue Map<String, NamedCacheProperties> caches,
        @DefaultValue Service service,
        @DefaultValue Limits limits,
        @DefaultValue Monitoring monitoring,
        @DefaultValue Health health,
        @DefaultValue Annotations annotations) {

    /** Where all of them begin. */
    public static final String PREFIX = "lexigram.cache";

    /**
     * What holds for all caches that say nothing else.
     *
     * @param enableMetrics Whether to register meters.
     * @param enableHealthChecks Whether to contribute to the health of the application.
     * @param failOpen Whether to keep faults of the cache from callers.
     * @param defaultSerializer Name of the codec for values on remote backends.
     * @param allowJavaSerialization Whether values may be stored by Java serialization. Refused in production.
     * @param protection Protection against concurrent loads of one key.
     * @param circuitBreaker Circuit breakers round the remote backends.
     */
    public record Service(
            @DefaultValue("true") boolean enableMetrics,
            @DefaultValue("true") boolean enableHealthChecks,
            @DefaultValue("true") boolean failOpen,
            @DefaultValue("json") String defaultSerializer,
            @DefaultValue("false") boolean allowJavaSerialization,
            @DefaultValue Protection protection,
            @DefaultValue CircuitBreaker circuitBreaker) {}

    /**
     * When calls to a remote backend that fails or is slow are refused.
     *
     * @param enabled Whether calls are refused while a backend fails or is slow.
     * @param window Number of the last calls that are judged. Half as many are enough to begin with.
     * @param failureRate Percentage of failed calls, or of slow ones, at which further calls are refused.
     * @param slowCall Time from which on a call is slow.
     * @param openFor Time for which calls are refused before one is let through as a probe, unless a ping is answered before.
     * @param shared Whether nodes tell each other, through Redis, whose calls are refused.
     * @param keyPrefix Prefix of the keys in Redis by which they tell.
     * @param ttl Time after which news of a node that nobody took back are forgotten.
     */
    public record CircuitBreaker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("20") int window,
            @DefaultValue("50") int failureRate,
            @DefaultValue("200ms") Duration slowCall,
            @DefaultValue("10s") Duration openFor,
            @DefaultValue("false") boolean shared,
            @DefaultValue("lexigram:cb:") String keyPrefix,
            @DefaultValue("1h") Duration ttl) {}

    /**
     * How callers of one missing key share its load.
     *
     * @param enabled Whether callers of one missing key share one load.
     * @param lockTtl Longest time that a load keeps other nodes from loading the same key.
     * @param maxWait Longest time to wait for a load that another caller runs.
     * @param retryInterval Longest time between two looks at a key that another node loads.
     * @param onWaitTimeout Action of a caller that has waited for the longest time.
     */
    public record Protection(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("30s") Duration lockTtl,
            @DefaultValue("10s") Duration maxWait,
            @DefaultValue("100ms") Duration retryInterval,
            @DefaultValue("load") OnWaitTimeout onWaitTimeout) {}

    /**
     * Bounds. What does not fit is done without, never waited for.
     *
     * @param flights Number of loads that are shared at one time. Further ones run unshared and are not stored.
     * @param tags Number of invalidated tags that a cache in memory, or a remote backend, remembers the moment of. Of further
     *     ones a remote backend is asked; in memory loads under way are not stored.
     * @param retryQueue Number of invalidations kept for a backend that does not answer. Further ones clear the whole cache.
     * @param events Number of events that wait for each listener. Further ones are dropped.
     * @param caches Number of caches. Those in use beyond it are refused or forgotten, the least recently used first.
     * @param requestResults Number of results that are remembered for one request. Further ones are not.
     * @param fluxItems Number of items that are collected from a Flux. Longer ones are not cached.
     */
    public record Limits(
            @DefaultValue("10000") int flights,
            @DefaultValue("10000") int tags,
            @DefaultValue("10000") int retryQueue,
            @DefaultValue("10000") int events,
            @DefaultValue("1000") int caches,
            @DefaultValue("10000") int requestResults,
            @DefaultValue("10000") int fluxItems) {}

    /**
     * Which caches the log and listeners are warned of.
     *
     * @param enabled Whether to look at caches at intervals, and to warn of configured ones that nothing has asked for.
     * @param lowHitRate Part of the reads of an interval that are to be hits, from 0 to 1. Zero warns of none.
     * @param minReads Number of reads in an interval from which on their hit rate says something.
     * @param interval Time between two looks.
     */
    public record Monitoring(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("0.5") double lowHitRate,
            @DefaultValue("1000") long minReads,
            @DefaultValue("5m") Duration interval) {}

    /**
     * How the health of the cache is told.
     *
     * @param failOnDown Whether a backend that is down makes the application's health DOWN and not only DEGRADED.
     * @param timeout Longest time to wait for a backend to answer a health check.
     */
    public record Health(
            @DefaultValue("false") boolean failOnDown,
            @DefaultValue("1s") Duration timeout) {}

    /**
     * How annotated methods are intercepted.
     *
     * @param order Order of the interceptor. By default just outside of transactions.
     */
    public record Annotations(@DefaultValue("2147483547") int order) {}
}
