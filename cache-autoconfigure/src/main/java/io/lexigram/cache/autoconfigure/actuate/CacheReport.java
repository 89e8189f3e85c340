package io.lexigram.cache.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.lexigram.cache.BackendInfo;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheStats;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** What {@code GET /actuator/cache} answers. Unknown numbers are null, and there. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"defaultBackend", "backends", "caches", "totals"})
public record CacheReport(
        @Nullable String defaultBackend, Map<String, OfBackend> backends, Map<String, OfCache> caches, Totals totals)
        implements OperationResponseBody {

    /**
     * One backend.
     *
     * @param latencyMs milliseconds that the health check took; null where the backend did not answer
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @JsonPropertyOrder({"type", "status", "latencyMs", "circuitBreaker", "entries", "memoryUsageBytes"})
    public record OfBackend(
            String type,
            String status,
            @Nullable Double latencyMs,
            @Nullable String circuitBreaker,
            @Nullable Long entries,
            @Nullable Long memoryUsageBytes) {

        static OfBackend of(BackendInfo info, CacheHealth health) {
            return new OfBackend(
                    info.type(),
                    health.status().name(),
                    health.latency() == null ? null : millis(health.latency()),
                    info.circuitBreaker(),
                    info.entries(),
                    info.memoryUsageBytes());
        }
    }

    /**
     * One cache, as this node counts.
     *
     * @param ttl an ISO-8601 duration; null where entries never expire
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @JsonPropertyOrder({
        "backend",
        "ttl",
        "entries",
        "hits",
        "misses",
        "hitRate",
        "puts",
        "evictions",
        "errors",
        "loads",
        "loadFailures",
        "coalesced",
        "staleServed",
        "averageLoadMs"
    })
    public record OfCache(
            String backend,
            @Nullable String ttl,
            @Nullable Long entries,
            long hits,
            long misses,
            double hitRate,
            long puts,
            long evictions,
            long errors,
            long loads,
            long loadFailures,
            long coalesced,
            long staleServed,
            double averageLoadMs)
            implements OperationResponseBody {

        static OfCache of(Cache<?> cache) {
            CachePolicy policy = cache.policy();
            CacheStats stats = cache.stats();
            return new OfCache(
                    policy.backend(),
                    policy.ttl() == null ? null : policy.ttl().toString(),
                    stats.totalEntries(),
                    stats.hits(),
                    stats.misses(),
                    stats.hitRate(),
                    stats.puts(),
                    stats.evictions(),
                    stats.errors(),
                    stats.loads(),
                    stats.loadFailures(),
                    stats.coalesced(),
                    stats.staleServed(),
                    rounded(stats.averageLoadMillis()));
        }
    }

    /** All caches together. */
    @JsonPropertyOrder({"hits", "misses", "hitRate"})
    public record Totals(long hits, long misses, double hitRate) {

        static Totals of(CacheStats stats) {
            return new Totals(stats.hits(), stats.misses(), stats.hitRate());
        }
    }

    private static double millis(Duration duration) {
        return rounded(duration.toNanos() / 1e6);
    }

    /** To the microsecond. */
    private static double rounded(double millis) {
        return Math.round(millis * 1000) / 1000.0;
    }
}
