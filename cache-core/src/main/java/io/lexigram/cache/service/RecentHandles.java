package io.lexigram.cache.service;

import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.TypeRef;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The handle that was made last for each namespace, for callers who name the namespace with each key: most of them go on with
 * the same type and backend.
 */
final class RecentHandles {

    private final int max;
    private final ConcurrentHashMap<String, Recent> recent = new ConcurrentHashMap<>();

    RecentHandles(int max) {
        this.max = max;
    }

    /** The handle that {@link #keep} got for the same; null where there is none, or where its region was given up since. */
    @SuppressWarnings("unchecked")
    <V> @Nullable TypedCache<V> find(
            String namespace, TypeRef<V> type, @Nullable String backend, @Nullable CacheSpec<?> spec) {
        Recent last = recent.get(namespace);
        return last != null
                        && last.isOf(type, backend, spec)
                        && last.region.usage().isOpen()
                ? (TypedCache<V>) last.handle
                : null;
    }

    /** @param spec of the cache, as far as one is known */
    void keep(
            String namespace,
            Region region,
            TypedCache<?> handle,
            @Nullable String backend,
            @Nullable CacheSpec<?> spec) {
        if (recent.size() >= max) {
            recent.clear();
        }
        recent.put(namespace, new Recent(region, handle, backend, spec));
    }

    private static final class Recent {

        private final Region region;
        private final TypedCache<?> handle;
        private final @Nullable String backend;
        private final @Nullable CacheSpec<?> spec;

        Recent(Region region, TypedCache<?> handle, @Nullable String backend, @Nullable CacheSpec<?> spec) {
            this.region = region;
            this.handle = handle;
            this.backend = backend;
            this.spec = spec;
        }

        @SuppressWarnings("ReferenceEquality")
        boolean isOf(TypeRef<?> type, @Nullable String otherBackend, @Nullable CacheSpec<?> otherSpec) {
            return handle.type().equals(type) && Objects.equals(backend, otherBackend) && spec == otherSpec;
        }
    }
}
