package io.lexigram.cache.spi;

import io.lexigram.cache.TypeRef;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value as a backend holds it. All but the access marks and the end of life is fixed.
 *
 * <p>{@code schema} names the type the value was written as; {@link #ANY_SCHEMA} is a plain JSON value that may be read as
 * any type.
 */
public final class StoredEntry {

    /** A lifetime, and an end of life, that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    public static final String ANY_SCHEMA = "";

    /** The schema of a raw counter, whose value is a {@link Long}. */
    public static final String COUNTER_SCHEMA = "#counter";

    private static final VarHandle HITS;

    static {
        try {
            HITS = MethodHandles.lookup().findVarHandle(StoredEntry.class, "hits", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Object value;
    private final String schema;
    private final @Nullable TypeRef<?> type;
    private final long createdAtMillis;
    private final long ttlMillis;
    private final long loadNanos;
    private final @Nullable String version;
    private final Set<String> tags;
    private volatile long expiresAtMillis;
    private volatile long hits;
    private volatile long lastAccessMillis;

    /**
     * An entry of a value of which only the schema is known.
     *
     * @param ttlMillis the lifetime from now, or {@link #NEVER}
     * @param loadNanos how long the load took, 0 where the value was not loaded
     */
    public StoredEntry(
            @Nullable Object value,
            String schema,
            long createdAtMillis,
            long ttlMillis,
            long loadNanos,
            @Nullable String version,
            Set<String> tags) {
        this(value, schema, null, createdAtMillis, ttlMillis, loadNanos, version, tags);
    }

    /**
     * An entry of a value whose declared type is known, which is its schema too. A backend that encodes values needs it for
     * what the value's class does not tell, such as the type arguments of a list.
     *
     * @param ttlMillis the lifetime from now, or {@link #NEVER}
     * @param loadNanos how long the load took, 0 where the value was not loaded
     */
    public StoredEntry(
            @Nullable Object value,
            TypeRef<?> type,
            long createdAtMillis,
            long ttlMillis,
            long loadNanos,
            @Nullable String version,
            Set<String> tags) {
        this(value, type.schema(), type, createdAtMillis, ttlMillis, loadNanos, version, tags);
    }

    private StoredEntry(
            @Nullable Object value,
            String schema,
            @Nullable TypeRef<?> type,
            long createdAtMillis,
            long ttlMillis,
            long loadNanos,
            @Nullable String version,
            Set<String> tags) {
        this.value = value;
        this.schema = schema;
        this.type = type;
        this.createdAtMillis = createdAtMillis;
        this.ttlMillis = ttlMillis;
        this.loadNanos = loadNanos;
        this.version = version;
        this.tags = tags;
        this.expiresAtMillis = ttlMillis == NEVER ? NEVER : createdAtMillis + ttlMillis;
        this.lastAccessMillis = createdAtMillis;
    }

    public @Nullable Object value() {
        return value;
    }

    public String schema() {
        return schema;
    }

    /** The declared type the value was written as, where it is known. */
    public @Nullable TypeRef<?> type() {
        return type;
    }

    public long createdAtMillis() {
        return createdAtMillis;
    }

    public long ttlMillis() {
        return ttlMillis;
    }

    public long loadNanos() {
        return loadNanos;
    }

    public @Nullable String version() {
        return version;
    }

    public Set<String> tags() {
        return tags;
    }

    /** Milliseconds of the wall clock, or {@link #NEVER}. */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    public void expiresAtMillis(long expiresAtMillis) {
        this.expiresAtMillis = expiresAtMillis;
    }

    public long hits() {
        return hits;
    }

    public long lastAccessMillis() {
        return lastAccessMillis;
    }

    /** Counts accesses, the last of them at this time. */
    public void accessed(long count, long millis) {
        HITS.getAndAdd(this, count);
        lastAccessMillis = millis;
    }
}
