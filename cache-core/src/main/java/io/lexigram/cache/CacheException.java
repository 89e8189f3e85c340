package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** A fault of the cache itself. A loader's own exceptions are never wrapped in it. */
public class CacheException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private @Nullable String backend;
    private @Nullable String namespace;
    private @Nullable String key;

    public CacheException(String message) {
        super(message);
    }

    public CacheException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Notes where it happened, as far as it is known; what is already noted stays. Returns this exception. */
    public CacheException at(@Nullable String backend, @Nullable String namespace, @Nullable String key) {
        this.backend = this.backend == null ? backend : this.backend;
        this.namespace = this.namespace == null ? namespace : this.namespace;
        this.key = this.key == null ? key : this.key;
        return this;
    }

    public final @Nullable String backend() {
        return backend;
    }

    public final @Nullable String namespace() {
        return namespace;
    }

    public final @Nullable String key() {
        return key;
    }

    @Override
    public String getMessage() {
        String message = String.valueOf(super.getMessage());
        StringBuilder place = new StringBuilder();
        append(place, "backend", backend);
        append(place, "cache", namespace);
        append(place, "key", key);
        return place.isEmpty() ? message : message + " [" + place + "]";
    }

    private static void append(StringBuilder place, String name, @Nullable String value) {
        if (value != null) {
            place.append(place.isEmpty() ? "" : ", ").append(name).append('=').append(value);
        }
    }
}
