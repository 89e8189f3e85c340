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
    private final long graceMillis;
    private final long id;
    private final long stamp;
    private final long loadNanos;
    private final @Nullable String version;
    private final Set<String> tags;
    private volatile long expiresAtMillis;
    private volatile long hits;
    private volatile long lastAccessMillis;
    private volatile @Nullable Object note;
    private boolean isUnconfirmed;

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
        this(value, schema, null, createdAtMillis, ttlMillis, 0, loadNanos, version, tags, 0, 0);
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
        this(value, type.schema(), type, createdAtMillis, ttlMillis, 0, loadNanos, version, tags, 0, 0);
    }

    /**
     * An entry as a backend read it.
     *
     * @param graceMillis how long it is kept past its lifetime
     * @param id sets this writing of the key apart from others
     * @param stamp the tick of the groups' clock before the value was loaded
     */
    public static StoredEntry read(
            @Nullable Object value,
            String schema,
            long createdAtMillis,
            long ttlMillis,
            long graceMillis,
            long loadNanos,
            @Nullable String version,
            Set<String> tags,
            long id,
            long stamp) {
        return new StoredEntry(
                value, schema, null, createdAtMillis, ttlMillis, graceMillis, loadNanos, version, tags, id, stamp);
    }

    /** This value with another lifetime, from the given moment; version, tags and stamp stay. */
    public StoredEntry renewed(long createdAtMillis, long ttlMillis, long graceMillis) {
        return new StoredEntry(
                value, schema, type, createdAtMillis, ttlMillis, graceMillis, loadNanos, version, tags, id, stamp);
    }

    /** This value as one of a version. */
    public StoredEntry withVersion(String version) {
        return new StoredEntry(
                value, schema, type, createdAtMillis, ttlMillis, graceMillis, loadNanos, version, tags, id, stamp);
    }

    private StoredEntry(
            @Nullable Object value,
            String schema,
            @Nullable TypeRef<?> type,
            long createdAtMillis,
            long ttlMillis,
            long graceMillis,
            long loadNanos,
            @Nullable String version,
            Set<String> tags,
            long id,
            long stamp) {
        this.value = value;
        this.schema = schema;
        this.type = type;
        this.createdAtMillis = createdAtMillis;
        this.ttlMillis = ttlMillis;
        this.graceMillis = ttlMillis == NEVER ? 0 : graceMillis;
        this.id = id;
        this.stamp = stamp;
        this.loadNanos = loadNanos;
        this.version = version;
        this.tags = tags;
        this.expiresAtMillis = ttlMillis == NEVER ? NEVER : createdAtMillis + ttlMillis;
        this.lastAccessMillis = createdAtMillis;
    }

    /** This entry, and all that is noted in it, with another form of its value. */
    public StoredEntry withValue(@Nullable Object other) {
        StoredEntry copy = new StoredEntry(
                other, schema, type, createdAtMillis, ttlMillis, graceMillis, loadNanos, version, tags, id, stamp);
        copy.expiresAtMillis = expiresAtMillis;
        copy.hits = hits;
        copy.lastAccessMillis = lastAccessMillis;
        copy.note = note;
        return copy;
    }

    /** This entry as one of which nobody could be asked whether it is still current. */
    public StoredEntry unconfirmed() {
        StoredEntry copy = withValue(value);
        copy.isUnconfirmed = true;
        return copy;
    }

    /** Whether nobody could be asked if it is still current, so that it is served as stale although it has not expired. */
    public boolean isUnconfirmed() {
        return isUnconfirmed;
    }

    /** What the store that holds this entry has noted on it; of no meaning to others. */
    public @Nullable Object note() {
        return note;
    }

    public void note(Object note) {
        this.note = note;
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

    /** How long the entry is kept past its lifetime, for the case that a load fails. */
    public long graceMillis() {
        return graceMillis;
    }

    /** How long the entry is kept in all from its creation, or {@link #NEVER}. */
    public long keptMillis() {
        return keptMillis(createdAtMillis);
    }

    /** How long the entry is kept in all from this moment, or {@link #NEVER}. */
    public long keptMillis(long fromMillis) {
        long kept = expiresAtMillis - fromMillis + graceMillis;
        return expiresAtMillis == NEVER || kept < 0 ? NEVER : kept;
    }

    /** Whether its lifetime is over and it is kept for the case that a load fails. */
    public boolean isStale(long nowMillis) {
        return graceMillis != 0 && nowMillis >= expiresAtMillis;
    }

    /** Sets this writing of the key apart from others, where the backend says so; else 0. */
    public long id() {
        return id;
    }

    /** The tick of the groups' clock before the value was loaded, where it is known; else 0. */
    public long stamp() {
        return stamp;
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
