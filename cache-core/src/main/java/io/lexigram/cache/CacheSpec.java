package io.lexigram.cache;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy of one named cache, with the declared type of its values. Immutable. What is not set (null) comes from the
 * backend and then from the defaults.
 *
 * <pre>{@code
 * CacheSpec.of("products", Product.class).ttl(Duration.ofMinutes(10)).tags("catalog").build()
 * }</pre>
 */
public final class CacheSpec<V> {

    private final String name;
    private final TypeRef<V> type;
    private final Builder<V> settings;

    private CacheSpec(Builder<V> settings) {
        this.name = settings.name;
        this.type = settings.type;
        this.settings = settings;
    }

    /**
     * Begins the spec of a cache of one class of values.
     *
     * @throws CacheKeyException when the name cannot be a namespace
     */
    public static <V> Builder<V> of(String name, Class<V> type) {
        return of(name, TypeRef.of(type));
    }

    /**
     * Begins the spec of a cache of values of a generic type.
     *
     * @throws CacheKeyException when the name cannot be a namespace
     */
    public static <V> Builder<V> of(String name, TypeRef<V> type) {
        return new Builder<>(KeyRules.check("name of the cache", name), type);
    }

    /** The same policy with another name or type; for what the new cache wants different, go on with the builder. */
    public <T> Builder<T> toBuilder(String name, TypeRef<T> type) {
        Builder<T> copy = of(name, type);
        copy.copy(settings);
        return copy;
    }

    public String name() {
        return name;
    }

    public TypeRef<V> type() {
        return type;
    }

    public @Nullable String backend() {
        return settings.backend;
    }

    public @Nullable Duration ttl() {
        return settings.ttl;
    }

    public @Nullable Boolean eternal() {
        return settings.eternal;
    }

    public @Nullable Boolean cacheNulls() {
        return settings.cacheNulls;
    }

    public @Nullable Duration nullTtl() {
        return settings.nullTtl;
    }

    public @Nullable Double jitter() {
        return settings.jitter;
    }

    public @Nullable Long maxEntries() {
        return settings.maxEntries;
    }

    public Set<String> tags() {
        return settings.tags;
    }

    public @Nullable String codec() {
        return settings.codec;
    }

    public @Nullable String schemaVersion() {
        return settings.schemaVersion;
    }

    public @Nullable Boolean failOpen() {
        return settings.failOpen;
    }

    public @Nullable Boolean accessTracking() {
        return settings.accessTracking;
    }

    public @Nullable Boolean sensitive() {
        return settings.sensitive;
    }

    public @Nullable Boolean sliding() {
        return settings.sliding;
    }

    public @Nullable Duration pointerTtl() {
        return settings.pointerTtl;
    }

    public @Nullable Feature<AgeTtl> ageTtl() {
        return settings.ageTtl;
    }

    public @Nullable Feature<FailSafe> failSafe() {
        return settings.failSafe;
    }

    public @Nullable LoadTimeout loadTimeout() {
        return settings.loadTimeout;
    }

    public @Nullable Feature<RefreshAhead> refreshAhead() {
        return settings.refreshAhead;
    }

    /**
     * A feature about which a spec says something: on, or off even where the layers behind it have it on.
     *
     * @param settings what it runs with; null is off
     */
    public record Feature<T>(@Nullable T settings) {

        /** What stands where no layer says anything. */
        public static <T> Feature<T> off() {
            return new Feature<>(null);
        }
    }

    /** Builds a spec; every method refuses what cannot be meant, with the value in the message. */
    public static final class Builder<V> {

        private final String name;
        private final TypeRef<V> type;
        private @Nullable String backend;
        private @Nullable Duration ttl;
        private @Nullable Boolean eternal;
        private @Nullable Boolean cacheNulls;
        private @Nullable Duration nullTtl;
        private @Nullable Double jitter;
        private @Nullable Long maxEntries;
        private Set<String> tags = Set.of();
        private @Nullable String codec;
        private @Nullable String schemaVersion;
        private @Nullable Boolean failOpen;
        private @Nullable Boolean accessTracking;
        private @Nullable Boolean sensitive;
        private @Nullable Boolean sliding;
        private @Nullable Duration pointerTtl;
        private @Nullable Feature<AgeTtl> ageTtl;
        private @Nullable Feature<FailSafe> failSafe;
        private @Nullable LoadTimeout loadTimeout;
        private @Nullable Feature<RefreshAhead> refreshAhead;

        private Builder(String name, TypeRef<V> type) {
            this.name = name;
            this.type = type;
        }

        private void copy(Builder<?> that) {
            backend = that.backend;
            ttl = that.ttl;
            eternal = that.eternal;
            cacheNulls = that.cacheNulls;
            nullTtl = that.nullTtl;
            jitter = that.jitter;
            maxEntries = that.maxEntries;
            tags = that.tags;
            codec = that.codec;
            schemaVersion = that.schemaVersion;
            failOpen = that.failOpen;
            accessTracking = that.accessTracking;
            sensitive = that.sensitive;
            sliding = that.sliding;
            pointerTtl = that.pointerTtl;
            ageTtl = that.ageTtl;
            failSafe = that.failSafe;
            loadTimeout = that.loadTimeout;
            refreshAhead = that.refreshAhead;
        }

        /** The backend, by its name; the default backend where it is not set. */
        public Builder<V> backend(String backend) {
            this.backend = backend;
            return this;
        }

        /** How long an entry lives; 5 minutes where nothing says otherwise. */
        public Builder<V> ttl(Duration ttl) {
            this.ttl = Durations.positive("ttl", ttl);
            this.eternal = false;
            return this;
        }

        /** Entries never expire by time. */
        public Builder<V> eternal() {
            this.eternal = true;
            this.ttl = null;
            return this;
        }

        /** Whether a null that a loader returns is stored; true where it is not set. */
        public Builder<V> cacheNulls(boolean cacheNulls) {
            this.cacheNulls = cacheNulls;
            return this;
        }

        /** How long a null lives; as long as other values where it is not set. */
        public Builder<V> nullTtl(Duration nullTtl) {
            this.nullTtl = Durations.positive("nullTtl", nullTtl);
            return this;
        }

        /** The part of each lifetime that is given up at random so that entries do not expire together; 0.1 where not set. */
        public Builder<V> jitter(double jitter) {
            if (!(jitter >= 0 && jitter < 1)) {
                throw new IllegalArgumentException(
                        "jitter is " + jitter + " but must be at least 0 and less than 1; 0.1 shortens by up to 10%");
            }
            this.jitter = jitter;
            return this;
        }

        /** How many entries a backend in memory holds. */
        public Builder<V> maxEntries(long maxEntries) {
            if (maxEntries < 1) {
                throw new IllegalArgumentException("maxEntries is " + maxEntries + " but must be at least 1");
            }
            this.maxEntries = maxEntries;
            return this;
        }

        /** Tags that every entry of the cache carries. */
        public Builder<V> tags(String... tags) {
            Set<String> all = new LinkedHashSet<>();
            for (String tag : tags) {
                all.add(KeyRules.check("tag", tag));
            }
            this.tags = Set.copyOf(all);
            return this;
        }

        /** The codec for values on remote backends, by its name. */
        public Builder<V> codec(String codec) {
            this.codec = codec;
            return this;
        }

        /** Entries of another schema version are misses: change it when the shape of the type changes. */
        public Builder<V> schemaVersion(String schemaVersion) {
            this.schemaVersion = schemaVersion;
            return this;
        }

        /** Whether faults of the cache are kept from callers; true where it is not set. */
        public Builder<V> failOpen(boolean failOpen) {
            this.failOpen = failOpen;
            return this;
        }

        /** Whether reads are noted in the entry: exactly in memory, sampled on remote backends. */
        public Builder<V> accessTracking(boolean accessTracking) {
            this.accessTracking = accessTracking;
            return this;
        }

        /** Whether keys are masked in log lines and exceptions. */
        public Builder<V> sensitive(boolean sensitive) {
            this.sensitive = sensitive;
            return this;
        }

        /** Whether a hit makes an entry live for another {@link #pointerTtl}, but never past its lifetime; false where not set. */
        public Builder<V> sliding(boolean sliding) {
            this.sliding = sliding;
            return this;
        }

        /** How long an entry of a sliding cache lives without a hit; 60 seconds where it is not set. */
        public Builder<V> pointerTtl(Duration pointerTtl) {
            this.pointerTtl = Durations.longerThanZero("pointerTtl", pointerTtl);
            return this;
        }

        /** Lifetimes by the age of values; null switches them off, which they are where it is not set. */
        public Builder<V> ageTtl(@Nullable AgeTtl ageTtl) {
            this.ageTtl = new Feature<>(ageTtl);
            return this;
        }

        /** Expired values instead of failures; null switches it off, which it is where it is not set. */
        public Builder<V> failSafe(@Nullable FailSafe failSafe) {
            this.failSafe = new Feature<>(failSafe);
            return this;
        }

        /** How long callers wait for a load; for as long as it takes where it is not set. */
        public Builder<V> loadTimeout(LoadTimeout loadTimeout) {
            this.loadTimeout = loadTimeout;
            return this;
        }

        /** Loads before the end of life; null switches them off, which they are where it is not set. */
        public Builder<V> refreshAhead(@Nullable RefreshAhead refreshAhead) {
            this.refreshAhead = new Feature<>(refreshAhead);
            return this;
        }

        public CacheSpec<V> build() {
            Builder<V> frozen = new Builder<>(name, type);
            frozen.copy(this);
            return new CacheSpec<>(frozen);
        }
    }
}
