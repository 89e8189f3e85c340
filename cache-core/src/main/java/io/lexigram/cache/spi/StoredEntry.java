package io.lexigram.cache.spi;

import io.lexigram.cache.TypeRef;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
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

    private static final AtomicReferenceFieldUpdater<StoredEntry, @Nullable Accesses> ACCESSES =
            AtomicReferenceFieldUpdater.newUpdater(StoredEntry.class, Accesses.class, "accesses");

    private final @Nullable Object value;
    /** The declared type where it is known, else the schema. */
    private final Object form;

    private final Origin origin;
    private final long createdAtMillis;
    private final long ttlMillis;
    private final long loadNanos;
    private volatile long expiresAtMillis;
    private volatile @Nullable Object note;
    private volatile @Nullable Accesses accesses;

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
        this(value, schema, createdAtMillis, ttlMillis, loadNanos, Origin.of(version, tags));
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
        this(value, type, createdAtMillis, ttlMillis, loadNanos, Origin.of(version, tags));
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
        Origin origin = new Origin(tags, version, grace(ttlMillis, graceMillis), id, stamp, false);
        return new StoredEntry(value, schema, createdAtMillis, ttlMillis, loadNanos, origin);
    }

    /** This value with another lifetime, from the given moment; version, tags and stamp stay. */
    public StoredEntry renewed(long createdAtMillis, long ttlMillis, long graceMillis) {
        Origin renewed = origin.kept(grace(ttlMillis, graceMillis));
        return new StoredEntry(value, form, createdAtMillis, ttlMillis, loadNanos, renewed);
    }

    /** This value as one of a version. */
    public StoredEntry withVersion(String version) {
        return new StoredEntry(value, form, createdAtMillis, ttlMillis, loadNanos, origin.of(version));
    }

    private StoredEntry(
            @Nullable Object value, Object form, long createdAtMillis, long ttlMillis, long loadNanos, Origin origin) {
        this.value = value;
        this.form = form;
        this.createdAtMillis = createdAtMillis;
        this.ttlMillis = ttlMillis;
        this.loadNanos = loadNanos;
        this.origin = origin;
        this.expiresAtMillis = ttlMillis == NEVER ? NEVER : createdAtMillis + ttlMillis;
    }

    private static long grace(long ttlMillis, long graceMillis) {
        return ttlMillis == NEVER ? 0 : graceMillis;
    }

    /** This entry, and all that is noted in it, with another form of its value. */
    public StoredEntry withValue(@Nullable Object other) {
        return copy(other, origin);
    }

    /** This entry as one of which nobody could be asked whether it is still current. */
    public StoredEntry unconfirmed() {
        return copy(value, origin.unconfirmed());
    }

    private StoredEntry copy(@Nullable Object other, Origin where) {
        StoredEntry copy = new StoredEntry(other, form, createdAtMillis, ttlMillis, loadNanos, where);
        copy.expiresAtMillis = expiresAtMillis;
        copy.note = note;
        Accesses noted = accesses;
        copy.accesses = noted == null ? null : noted.copy();
        return copy;
    }

    /** Whether nobody could be asked if it is still current, so that it is served as stale although it has not expired. */
    public boolean isUnconfirmed() {
        return origin.isUnconfirmed;
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
        return form instanceof TypeRef<?> type ? type.schema() : (String) form;
    }

    /** The declared type the value was written as, where it is known. */
    public @Nullable TypeRef<?> type() {
        return form instanceof TypeRef<?> type ? type : null;
    }

    public long createdAtMillis() {
        return createdAtMillis;
    }

    public long ttlMillis() {
        return ttlMillis;
    }

    /** How long the entry is kept past its lifetime, for the case that a load fails. */
    public long graceMillis() {
        return origin.graceMillis;
    }

    /** How long the entry is kept in all from its creation, or {@link #NEVER}. */
    public long keptMillis() {
        return keptMillis(createdAtMillis);
    }

    /** How long the entry is kept in all from this moment, or {@link #NEVER}. */
    public long keptMillis(long fromMillis) {
        long kept = expiresAtMillis - fromMillis + origin.graceMillis;
        return expiresAtMillis == NEVER || kept < 0 ? NEVER : kept;
    }

    /** Whether its lifetime is over and it is kept for the case that a load fails. */
    public boolean isStale(long nowMillis) {
        return origin.graceMillis != 0 && nowMillis >= expiresAtMillis;
    }

    /** Sets this writing of the key apart from others, where the backend says so; else 0. */
    public long id() {
        return origin.id;
    }

    /** The tick of the groups' clock before the value was loaded, where it is known; else 0. */
    public long stamp() {
        return origin.stamp;
    }

    public long loadNanos() {
        return loadNanos;
    }

    public @Nullable String version() {
        return origin.version;
    }

    public Set<String> tags() {
        return origin.tags;
    }

    /** Milliseconds of the wall clock, or {@link #NEVER}. */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    public void expiresAtMillis(long expiresAtMillis) {
        this.expiresAtMillis = expiresAtMillis;
    }

    public long hits() {
        Accesses noted = accesses;
        return noted == null ? 0 : noted.count;
    }

    public long lastAccessMillis() {
        Accesses noted = accesses;
        return noted == null ? createdAtMillis : noted.lastMillis;
    }

    /** Counts accesses, the last of them at this time. */
    public void accessed(long count, long millis) {
        Accesses noted = accesses;
        if (noted == null) {
            ACCESSES.compareAndSet(this, null, new Accesses(createdAtMillis));
            noted = Objects.requireNonNull(accesses);
        }
        noted.add(count, millis);
    }

    /** What few entries have in a store in memory: those that have none of it share one, which keeps them small. */
    private static final class Origin {

        private static final Origin PLAIN = new Origin(Set.of(), null, 0, 0, 0, false);

        private final Set<String> tags;
        private final @Nullable String version;
        private final long graceMillis;
        private final long id;
        private final long stamp;
        private final boolean isUnconfirmed;

        Origin(
                Set<String> tags,
                @Nullable String version,
                long graceMillis,
                long id,
                long stamp,
                boolean isUnconfirmed) {
            this.tags = tags;
            this.version = version;
            this.graceMillis = graceMillis;
            this.id = id;
            this.stamp = stamp;
            this.isUnconfirmed = isUnconfirmed;
        }

        static Origin of(@Nullable String version, Set<String> tags) {
            return version == null && tags.isEmpty() ? PLAIN : new Origin(tags, version, 0, 0, 0, false);
        }

        Origin of(String other) {
            return new Origin(tags, other, graceMillis, id, stamp, false);
        }

        Origin kept(long millis) {
            return millis == graceMillis && !isUnconfirmed ? this : new Origin(tags, version, millis, id, stamp, false);
        }

        Origin unconfirmed() {
            return new Origin(tags, version, graceMillis, id, stamp, true);
        }
    }

    /** How often, and when last, an entry was read, where that is noted. */
    private static final class Accesses {

        private static final AtomicLongFieldUpdater<Accesses> COUNT =
                AtomicLongFieldUpdater.newUpdater(Accesses.class, "count");

        private volatile long count;
        private volatile long lastMillis;

        Accesses(long lastMillis) {
            this.lastMillis = lastMillis;
        }

        void add(long more, long millis) {
            COUNT.addAndGet(this, more);
            lastMillis = millis;
        }

        Accesses copy() {
            Accesses copy = new Accesses(lastMillis);
            copy.count = count;
            return copy;
        }
    }
}
