package io.lexigram.cache.backend.tiered;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.channel.ChannelListener;
import io.lexigram.cache.channel.ChannelMeters;
import io.lexigram.cache.channel.ChannelSettings;
import io.lexigram.cache.channel.ChannelTimer;
import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.channel.InvalidationChannel;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.spi.Breaker;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.ConnectionListener;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.RemovalCause;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.StoreListener;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backend in the memory of this process before one that several processes share. The shared one decides; what is copied from
 * it is served until somebody invalidates it anywhere, as the messages of all nodes tell.
 *
 * <p>Changes have to go through a tiered backend on every node: what is changed in the shared one directly is found when the
 * copies have ended.
 */
public final class TieredBackend implements CacheBackend {

    private static final Logger LOG = LoggerFactory.getLogger(TieredBackend.class);

    private final CacheBackend local;
    private final CacheBackend shared;
    private final boolean ownsShared;
    private final CoarseTicker ticker;
    private final TimeSource time;
    private final double lifeShare;
    private final Parts parts;
    private final Drops drops;
    private final Coherence coherence;
    private final boolean noticesLosses;
    private final List<Runnable> lossListeners = new CopyOnWriteArrayList<>();
    private final @Nullable ChannelMeters channelMeters;
    private final @Nullable ScheduledExecutorService scheduler;
    private final ConcurrentHashMap<String, Copies> namespaces = new ConcurrentHashMap<>();

    private TieredBackend(Builder builder) {
        this.local = builder.local;
        this.shared = builder.shared;
        this.ownsShared = builder.ownsShared;
        this.ticker = new CoarseTicker(builder.time.ticker());
        this.time = new TimeSource(builder.time.clock(), ticker::exact);
        this.lifeShare = builder.lifeShare;
        this.parts = builder.parts;
        this.drops = parts.drops(builder.maxTags);
        ChannelTransport.Source source = shared.unwrap(ChannelTransport.Source.class);
        if (source == null) {
            LOG.warn(
                    "Backend type '{}' cannot tell other nodes what was invalidated; copies of its entries live for {} at most",
                    shared.type(),
                    builder.longestLife);
            this.scheduler = null;
            this.channelMeters = null;
            this.coherence = parts.coherence(new ShortLives(builder.longestLife));
        } else {
            ScheduledExecutorService own = builder.timer == null ? newScheduler() : null;
            this.scheduler = own;
            ChannelCoherence channel = new ChannelCoherence(
                    listener -> builder.channel(source, own, time, listener),
                    new Received(),
                    builder.onDisconnect,
                    builder.maxDisconnected);
            this.channelMeters = channel.meters();
            this.coherence = parts.coherence(channel);
        }
        this.noticesLosses = shared.onLoss(this::lost);
    }

    private static ScheduledExecutorService newScheduler() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lexigram-cache-channel");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins a tiered backend.
     *
     * @param local holds the copies; used for nothing else
     * @param shared holds the entries
     */
    public static Builder builder(CacheBackend local, CacheBackend shared) {
        return new Builder(local, shared);
    }

    @Override
    public String type() {
        return "tiered";
    }

    /** Begins to listen, in the background. */
    @Override
    public EntryStore open(StoreSpec spec) {
        coherence.start();
        String namespace = spec.namespace();
        Copies copies = namespaces.computeIfAbsent(
                namespace,
                name -> parts.copies(
                        name,
                        local.open(
                                spec.listener(new CopyListener(spec.listener())).ticker(ticker)),
                        drops,
                        coherence,
                        time,
                        lifeShare));
        EntryStore entries = shared.open(spec.timed(true));
        return entries instanceof SharedLoads
                ? new TieredLoads(namespace, (EntryStore & SharedLoads) entries, copies, coherence)
                : new TieredStore(namespace, entries, copies, coherence);
    }

    @Override
    public Stream<CacheKey> keys(Predicate<String> fullKey) {
        return shared.keys(fullKey);
    }

    @Override
    public long removeMany(Collection<CacheKey> keys) {
        keys.forEach(this::drop);
        try {
            return shared.removeMany(keys);
        } finally {
            keys.forEach(this::drop);
            keys.stream()
                    .collect(groupingBy(TieredBackend::namespace, mapping(CacheKey::key, toList())))
                    .forEach(coherence::changed);
        }
    }

    private void drop(CacheKey key) {
        Copies copies = namespaces.get(namespace(key));
        if (copies != null) {
            copies.drop(key.key());
        }
    }

    private static String namespace(CacheKey key) {
        return key.namespace() == null ? "" : key.namespace();
    }

    @Override
    public long removeMatching(Predicate<String> fullKey) {
        return invalidating(Group.all(), () -> shared.removeMatching(fullKey));
    }

    @Override
    public long removeTagged(String tag) {
        return invalidating(Group.tagEverywhere(tag), () -> shared.removeTagged(tag));
    }

    @Override
    public long removeNamespace(String namespace) {
        return invalidating(Group.namespace(namespace), () -> shared.removeNamespace(namespace));
    }

    @Override
    public long clear() {
        return invalidating(Group.all(), shared::clear);
    }

    private long invalidating(Group group, LongSupplier removal) {
        drop(group);
        coherence.invalidated(group);
        try {
            return removal.getAsLong();
        } finally {
            drop(group);
            coherence.invalidated(group);
        }
    }

    private void drop(Group group) {
        switch (group.kind()) {
            case ALL -> drops.dropEverything();
            case TAG_EVERYWHERE -> drops.tagsEverywhere().invalidate(group.tag());
            case NAMESPACE, TAG -> {
                Copies copies = namespaces.get(group.namespace());
                if (copies == null) {
                    return;
                }
                if (group.kind() == Group.Kind.TAG) {
                    copies.dropTag(group.tag());
                } else {
                    copies.dropAll();
                }
            }
        }
    }

    /** What was copied of a server that lost what it had confirmed is copied anew. */
    private void lost() {
        drops.flushForLoss();
        lossListeners.forEach(Runnable::run);
    }

    @Override
    public boolean onLoss(Runnable listener) {
        lossListeners.add(listener);
        return noticesLosses;
    }

    /** Asks the shared backend; the copies need no asking. */
    @Override
    public Duration ping(Duration timeout) {
        return shared.ping(timeout);
    }

    /** The shared backend's; the copies need none. */
    @Override
    public @Nullable Breaker guard(Supplier<Breaker> breaker) {
        return shared.guard(breaker);
    }

    /** Of a shared backend that others use as well, those are told. */
    @Override
    public void watch(ConnectionListener listener) {
        if (ownsShared) {
            shared.watch(listener);
        }
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    /** What the channel counts; null where the shared backend has none. */
    public @Nullable ChannelMeters channelMeters() {
        return channelMeters;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        if (type == TieredBackend.class) {
            return type.cast(this);
        }
        return shared.unwrap(type);
    }

    /** Says goodbye to the other nodes first, then closes the shared backend where it is this one's own. */
    @Override
    public void close() {
        coherence.close();
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        local.close();
        if (ownsShared) {
            shared.close();
        }
    }

    private final class Received implements ChannelCoherence.Received {

        @Override
        public void changed(String namespace, String key) {
            Copies copies = namespaces.get(namespace);
            if (copies != null) {
                copies.drop(key);
            }
        }

        @Override
        public void invalidated(Group group) {
            drop(group);
        }

        @Override
        public void flush(boolean isSilence) {
            if (isSilence) {
                drops.flushForSilence(coherence.provenUntilNanos());
            } else {
                drops.flushForLoss();
            }
        }
    }

    /** What becomes of copies concerns users only where there were too many. */
    private record CopyListener(StoreListener listener) implements StoreListener {

        @Override
        public void removed(String key, RemovalCause cause) {
            if (cause == RemovalCause.SIZE) {
                listener.removed(key, cause);
            }
        }

        /** The shared tier is asked next, and tells. */
        @Override
        public void undecodable(String key, CacheSerializationException cause) {}
    }

    /** Builds a tiered backend. What is not set has the default that the property of the same name has. */
    public static final class Builder {

        private final CacheBackend local;
        private final CacheBackend shared;
        private boolean ownsShared = true;
        private TimeSource time = TimeSource.SYSTEM;
        private double lifeShare = 0.5;
        private Duration heartbeat = ChannelSettings.DEFAULT.heartbeat();
        private OnDisconnect onDisconnect = OnDisconnect.SERVE_STALE;
        private Duration maxDisconnected = Duration.ofSeconds(30);
        private Duration longestLife = Duration.ofSeconds(5);
        private int maxTags = 10_000;
        private @Nullable ChannelTimer timer;
        private Parts parts = new Parts();

        private Builder(CacheBackend local, CacheBackend shared) {
            if (!local.isLocal()) {
                throw new CacheConfigurationException(
                        "l1",
                        local.type(),
                        "copies are kept in the memory of this process; name a backend of type memory");
            }
            if (shared.isLocal()) {
                throw new CacheConfigurationException(
                        "l2",
                        shared.type(),
                        "entries are kept where all nodes find them; name a backend that is no memory");
            }
            this.local = local;
            this.shared = shared;
        }

        /** Whether the shared backend is used by nobody else, so that it is closed with this one; true where nothing is said. */
        public Builder ownsShared(boolean ownsShared) {
            this.ownsShared = ownsShared;
            return this;
        }

        public Builder time(TimeSource time) {
            this.time = time;
            return this;
        }

        /** How much of an entry's remaining life its copy gets, above 0 up to 1. */
        public Builder lifeShare(double lifeShare) {
            if (!(lifeShare > 0 && lifeShare <= 1)) {
                throw new CacheConfigurationException(
                        "l1-ttl-multiplier", lifeShare, "write a number above 0, up to 1");
            }
            this.lifeShare = lifeShare;
            return this;
        }

        /** How often the nodes tell each other that they are there; the same on all of them. */
        public Builder heartbeat(Duration heartbeat) {
            this.heartbeat = heartbeat;
            return this;
        }

        public Builder onDisconnect(OnDisconnect onDisconnect) {
            this.onDisconnect = onDisconnect;
            return this;
        }

        /** For how long copies are served that are not known to be current, where nothing else answers. */
        public Builder maxDisconnected(Duration maxDisconnected) {
            if (maxDisconnected.isNegative()) {
                throw new CacheConfigurationException(
                        "max-disconnected", maxDisconnected, "write a duration of at least 0");
            }
            this.maxDisconnected = maxDisconnected;
            return this;
        }

        /** How long a copy lives at most where the shared backend has no channel. */
        public Builder longestLife(Duration longestLife) {
            if (longestLife.isZero() || longestLife.isNegative()) {
                throw new CacheConfigurationException("l1-max-ttl", longestLife, "write a duration above 0");
            }
            this.longestLife = longestLife;
            return this;
        }

        /** Of how many invalidated tags each namespace remembers the moment. */
        public Builder maxTags(int maxTags) {
            this.maxTags = maxTags;
            return this;
        }

        /** Runs the heartbeat; a thread of its own where nothing is said. */
        public Builder timer(ChannelTimer timer) {
            this.timer = timer;
            return this;
        }

        Builder parts(Parts parts) {
            this.parts = parts;
            return this;
        }

        private InvalidationChannel channel(
                ChannelTransport.Source source,
                @Nullable ScheduledExecutorService own,
                TimeSource time,
                ChannelListener listener) {
            ChannelTimer beats = timer != null ? timer : ChannelTimer.on(Objects.requireNonNull(own));
            return new InvalidationChannel(
                    source.channelTransport(),
                    new ChannelSettings(heartbeat, ChannelSettings.DEFAULT.maxLanes()),
                    time,
                    beats,
                    ThreadLocalRandom.current(),
                    listener);
        }

        public TieredBackend build() {
            return new TieredBackend(this);
        }
    }
}
