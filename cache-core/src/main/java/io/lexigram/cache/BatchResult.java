package io.lexigram.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a read of several keys found: each asked key exactly once, in the order of the request.
 *
 * @param lookups the outcome of each key
 */
public record BatchResult<V>(Map<String, Lookup<V>> lookups) {

    public BatchResult {
        lookups = Collections.unmodifiableMap(new LinkedHashMap<>(lookups));
    }

    /** The keys that have a value (which may be null), with it, in the order of the request. */
    public Map<String, @Nullable V> found() {
        Map<String, @Nullable V> found = new LinkedHashMap<>();
        lookups.forEach((key, lookup) -> {
            if (lookup.isPresent()) {
                found.put(key, lookup.orElse(null));
            }
        });
        return Collections.unmodifiableMap(found);
    }

    /** The keys that have no entry, in the order of the request. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        lookups.forEach((key, lookup) -> {
            if (lookup instanceof Lookup.Miss) {
                missing.add(key);
            }
        });
        return Collections.unmodifiableList(missing);
    }

    /** The keys of which the cache could not tell, with the reason, in the order of the request. */
    public Map<String, CacheException> failed() {
        Map<String, CacheException> failed = new LinkedHashMap<>();
        lookups.forEach((key, lookup) -> {
            if (lookup instanceof Lookup.Failed<V> failure) {
                failed.put(key, failure.cause());
            }
        });
        return Collections.unmodifiableMap(failed);
    }
}
