package io.lexigram.cache.request;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheLoader;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads that ask the request first: what a request has read once it reads again from its own memory, and sees unchanged until
 * its end, whatever becomes of the entry meanwhile. Outside a request they are plain reads.
 *
 * <pre>{@code
 * Product product = reads.get(CacheKey.of("42").in("products"), Product.class);
 * }</pre>
 *
 * <p>Values (null among them) are remembered; absence, faults and failures of loaders are not. What is written through {@link
 * #put} and {@link #delete} the request forgets.
 */
public final class RequestScopedReads {

    private final CacheService caches;
    private final CurrentRequest request;

    public RequestScopedReads(CacheService caches, CurrentRequest request) {
        this.caches = caches;
        this.request = request;
    }

    /**
     * The same reads with what this request remembers, whatever thread they are made on. In a reactive request the memo is
     * in the context of the subscription, under {@code RequestMemo.class}.
     */
    public RequestScopedReads in(RequestMemo memo) {
        return new RequestScopedReads(caches, () -> memo);
    }

    public <V> @Nullable V get(CacheKey key, Class<V> type) {
        return get(key, TypeRef.of(type));
    }

    /** The value, or null where there is none or it is null. */
    public <V> @Nullable V get(CacheKey key, TypeRef<V> type) {
        return lookup(key, type).orElse(null);
    }

    /** The value, or the fallback where there is no entry; a cached null is null. */
    public <V> @Nullable V getOrDefault(CacheKey key, Class<V> type, @Nullable V fallback) {
        return lookup(key, TypeRef.of(type)).orElse(fallback);
    }

    /** The value; where there is none, the loader's, which is then stored. */
    public <V, X extends Throwable> @Nullable V get(CacheKey key, TypeRef<V> type, CacheLoader<? extends V, X> loader)
            throws X {
        RequestMemo memo = request.memo();
        Place place = Place.of(key, type);
        RequestMemo.Remembered known = memo == null ? null : memo.get(place);
        if (known != null) {
            return value(known);
        }
        V value = caches.get(key, type, loader, CallOptions.NONE);
        if (memo != null) {
            memo.putIfAbsent(place, value);
        }
        return value;
    }

    /** As {@link CacheService#lookup}; what the request remembers is a hit. */
    public <V> Lookup<V> lookup(CacheKey key, TypeRef<V> type) {
        RequestMemo memo = request.memo();
        RequestMemo.Remembered known = memo == null ? null : memo.get(Place.of(key, type));
        return known == null ? remembered(memo, key, type, caches.lookup(key, type)) : new Lookup.Hit<>(value(known));
    }

    /** As {@link #lookup}, without waiting. */
    public <V> CompletionStage<Lookup<V>> lookupAsync(CacheKey key, TypeRef<V> type) {
        RequestMemo memo = request.memo();
        RequestMemo.Remembered known = memo == null ? null : memo.get(Place.of(key, type));
        return known == null
                ? caches.async().lookup(key, type).thenApply(found -> remembered(memo, key, type, found))
                : CompletableFuture.completedFuture(new Lookup.Hit<>(value(known)));
    }

    /** Stores a value. */
    public void put(CacheKey key, @Nullable Object value) {
        caches.put(key, value);
        forget(key);
    }

    /** Invalidates an entry. @return whether there was a live one */
    public boolean delete(CacheKey key) {
        boolean deleted = caches.delete(key);
        forget(key);
        return deleted;
    }

    /** Lets the next read of this key ask the cache again. */
    public void forget(CacheKey key) {
        RequestMemo memo = request.memo();
        if (memo != null) {
            memo.removeIf(place -> place instanceof Place own && own.isOf(key));
        }
    }

    private static <V> Lookup<V> remembered(
            @Nullable RequestMemo memo, CacheKey key, TypeRef<V> type, Lookup<V> found) {
        if (memo != null && found instanceof Lookup.Hit<V> hit) {
            memo.putIfAbsent(Place.of(key, type), hit.value());
        }
        return found;
    }

    /** Under its type it was remembered. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <V> @Nullable V value(RequestMemo.Remembered known) {
        return (V) known.result();
    }

    /** A key as one type; its tags do not count. */
    private record Place(@Nullable String namespace, String key, TypeRef<?> type) {

        static Place of(CacheKey key, TypeRef<?> type) {
            return new Place(key.namespace(), key.key(), type);
        }

        boolean isOf(CacheKey other) {
            return key.equals(other.key()) && Objects.equals(namespace, other.namespace());
        }
    }
}
