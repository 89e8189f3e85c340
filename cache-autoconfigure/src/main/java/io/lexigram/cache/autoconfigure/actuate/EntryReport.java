package io.lexigram.cache.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.lexigram.cache.CacheEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What is known of one entry, without its value. Times are ISO-8601 instants.
 *
 * @param expiresAt null where it never expires
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"cache", "key", "createdAt", "expiresAt", "hitCount", "lastAccessed", "version", "tags"})
public record EntryReport(
        String cache,
        String key,
        String createdAt,
        @Nullable String expiresAt,
        long hitCount,
        String lastAccessed,
        @Nullable String version,
        List<String> tags)
        implements OperationResponseBody {

    static EntryReport of(String cache, CacheEntry<?> entry) {
        return new EntryReport(
                cache,
                entry.key().key(),
                entry.createdAt().toString(),
                entry.expiresAt() == null ? null : entry.expiresAt().toString(),
                entry.hitCount(),
                entry.lastAccessed().toString(),
                entry.version(),
                entry.tags().stream().sorted().toList());
    }
}
