package io.lexigram.cache.request;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The results that one request remembers, null among them. They are kept as they are, and go with the request: once it has
 * ended nothing is remembered any more. Safe for the threads of one request.
 */
public final class RequestMemo {

    private final int maxResults;
    private final Map<Object, Remembered> results = new ConcurrentHashMap<>();
    private volatile boolean ended;

    /**
     * @param maxResults how many results are remembered at most; further ones are not
     * @throws IllegalArgumentException when it is less than 1
     */
    public RequestMemo(int maxResults) {
        if (maxResults < 1) {
            throw new IllegalArgumentException("maxResults is " + maxResults + " but must be at least 1");
        }
        this.maxResults = maxResults;
    }

    /** What is remembered under a key; null where there is nothing. The key needs {@code equals} and {@code hashCode}. */
    public @Nullable Remembered get(Object key) {
        return results.get(key);
    }

    /** Remembers a result unless there is one. @return the one there was before, else null */
    public @Nullable Remembered putIfAbsent(Object key, @Nullable Object result) {
        if (ended || results.size() >= maxResults) {
            return results.get(key);
        }
        Remembered before = results.putIfAbsent(key, new Remembered(result));
        if (ended) {
            results.clear();
        }
        return before;
    }

    /** Forgets what is remembered under the keys that pass. */
    public void removeIf(Predicate<Object> keys) {
        results.keySet().removeIf(keys);
    }

    /** Forgets this very result, if it is what is remembered under the key. */
    public void remove(Object key, Object result) {
        results.computeIfPresent(key, (same, remembered) -> remembered.result == result ? null : remembered);
    }

    /** The request is over. */
    public void end() {
        ended = true;
        results.clear();
    }

    /**
     * A result.
     *
     * @param result the value, where null is one
     */
    public record Remembered(@Nullable Object result) {}
}
