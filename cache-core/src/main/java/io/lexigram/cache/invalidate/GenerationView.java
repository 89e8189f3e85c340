package io.lexigram.cache.invalidate;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.spi.ByteBackend.Generations;
import io.lexigram.cache.spi.ByteBackend.Generations.Changes;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of the generations that several nodes share. Entries carry the stamp of the clock from before they were
 * loaded; {@link #check} tells from memory whether a group of theirs was invalidated since, provided that {@link #now} was
 * asked for right behind the read that brought the entry.
 *
 * <p>A clock that is lost, or was set back behind what this node has seen, starts anew in another incarnation, and nothing is
 * valid that was stored before. A clock that was set back and went on for more ticks than the log holds, while no node asked,
 * is not told from one that was not.
 *
 * <p>Stages fail as those of the source do. Nothing here waits or blocks.
 */
public final class GenerationView {

    /** Another node may start the clock anew, or advance one that is to be replaced, so many times in a row. */
    private static final int MAX_ATTEMPTS = 8;

    private final Generations source;
    private final int maxGroups;
    private final LongSupplier random;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable KnownGenerations known;
    /** The watch in which the clock was asked for, up to which everything is known. */
    private volatile long watched = Generations.UNWATCHED;

    private final AtomicLong doubts = new AtomicLong();
    private volatile long doubtsSettled;
    private @Nullable CompletableFuture<Long> running;
    private @Nullable CompletableFuture<Long> queued;

    /**
     * Knows nothing yet and asks nothing.
     *
     * @param maxGroups how many groups to remember; what is forgotten must be asked for
     * @param random any longs; must differ between nodes
     */
    public GenerationView(Generations source, int maxGroups, LongSupplier random) {
        this.source = source;
        this.maxGroups = maxGroups;
        this.random = random;
    }

    /**
     * Asks for the clock at once, behind what was sent before, and answers its stamp when everything is known that happened up
     * to it. The stamp may be a later one, if this node came to know of it meanwhile.
     */
    public CompletionStage<Long> now() {
        KnownGenerations before = known;
        GenerationClock sent = before == null ? null : before.clock();
        long watch = source.clockWatch();
        CompletionStage<Long> stamp = source.clock().thenCompose(bytes -> arrived(bytes, sent));
        return watch == Generations.UNWATCHED
                ? stamp
                : stamp.thenApply(now -> {
                    watched = watch;
                    return now;
                });
    }

    /**
     * Whether everything is known here that happened before the last answer of the source that has arrived: then {@link #now} would
     * say nothing new. For the thread that has the answer.
     */
    public boolean isUpToDate() {
        long watch = watched;
        return watch != Generations.UNWATCHED && watch == source.clockWatch() && !isDoubted();
    }

    /** @param sent what was known when the clock was asked for: it can only have gone on */
    private CompletionStage<Long> arrived(byte @Nullable [] bytes, @Nullable GenerationClock sent) {
        KnownGenerations present = known;
        if (bytes == null || present == null || sent == null || isDoubted()) {
            return sync();
        }
        GenerationClock clock = GenerationClock.read(bytes);
        GenerationClock synced = present.clock();
        boolean passed = clock.isAfter(sent) && synced.isAfter(clock);
        if (clock.isSame(synced) || passed) {
            return synced.known();
        }
        CompletableFuture<Long> underWay = clock.isAfter(synced) ? running() : null;
        return underWay == null
                ? sync()
                : underWay.handle((stamp, failure) -> stamp).thenCompose(done -> arrived(bytes, sent));
    }

    /** The stamp up to which everything is known; 0 where nothing is. */
    public long stamp() {
        KnownGenerations present = known;
        return present == null ? 0 : present.clock().stamp();
    }

    /** Whether an entry is valid that was stored at this stamp, as far as it is known without asking. */
    public Validity check(long stamp, String namespace, Set<String> tags) {
        KnownGenerations present = known;
        return present == null ? Validity.UNKNOWN : present.check(stamp, namespace, tags);
    }

    /** Asks the server whether an entry is valid, where it is {@link Validity#UNKNOWN}, and remembers the answer. */
    public CompletionStage<Boolean> ask(long stamp, String namespace, Set<String> tags) {
        List<Group> groups = Group.of(namespace, tags);
        // In this order: what is pruned after its stamp was read shows in the floor, and no tick comes after the clock.
        CompletionStage<List<Long>> stamps =
                source.stamps(groups.stream().map(Group::bytes).toList());
        CompletionStage<Long> floor = source.floor();
        CompletionStage<byte @Nullable []> clock = source.clock();
        return stamps.thenCombine(floor, (each, lowest) -> each.stream()
                        .map(last -> Stamp.seq(last == 0 ? lowest : last))
                        .toList())
                .thenCombine(clock, (seqs, bytes) -> bytes != null && answered(stamp, groups, seqs, bytes));
    }

    private boolean answered(long stamp, List<Group> groups, List<Long> seqs, byte[] bytes) {
        GenerationClock clock = GenerationClock.read(bytes);
        KnownGenerations present = known;
        if (present != null && present.incarnation() == clock.incarnation()) {
            present.learn(groups, seqs, clock);
        }
        long seq = Stamp.seq(stamp);
        return Stamp.incarnation(stamp) == clock.incarnation()
                && seq <= clock.seq()
                && seqs.stream().allMatch(last -> last <= seq);
    }

    /** Whether no group was invalidated after the stamp that an entry of this namespace could belong to, as far as is known. */
    public boolean quietSince(long stamp, String namespace) {
        KnownGenerations present = known;
        return present != null && present.quietSince(stamp, namespace);
    }

    /**
     * Makes what was stored before now and belongs to one of the groups invalid, everywhere; on this node when the stage ends.
     *
     * @return the stamp of the invalidation
     */
    public CompletionStage<Long> invalidate(Collection<Group> groups) {
        if (groups.isEmpty()) {
            return now();
        }
        List<Group> all = List.copyOf(groups);
        List<byte[]> names = all.stream().map(Group::bytes).toList();
        return source.advance(names, newClock(), random.getAsLong())
                .thenCompose(bytes -> ticked(all, GenerationClock.read(bytes)));
    }

    /** Notes the tick, but not that all others before it are known: they may be somebody else's. */
    private CompletionStage<Long> ticked(List<Group> groups, GenerationClock tick) {
        KnownGenerations present = known;
        if (present == null || tick.isAfter(present.clock())) {
            if (present != null) {
                present.tick(groups, tick.seq());
            }
            return tick.known();
        }
        return sync().thenApply(now -> tick.stamp());
    }

    private @Nullable CompletableFuture<Long> running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Catches up with the clock as it is after this call. At most one is under way, and one waits for it to end. */
    private CompletionStage<Long> sync() {
        CompletableFuture<Long> mine;
        lock.lock();
        try {
            if (running != null) {
                if (queued == null) {
                    queued = new CompletableFuture<>();
                }
                return queued;
            }
            mine = new CompletableFuture<>();
            running = mine;
        } finally {
            lock.unlock();
        }
        run(mine);
        return mine;
    }

    private void run(CompletableFuture<Long> mine) {
        CompletableFuture.completedStage(1).thenCompose(this::catchUp).whenComplete((stamp, failure) -> {
            CompletableFuture<Long> next;
            lock.lock();
            try {
                next = queued;
                running = next;
                queued = null;
            } finally {
                lock.unlock();
            }
            if (next != null) {
                run(next);
            }
            if (failure == null) {
                mine.complete(stamp);
            } else {
                mine.completeExceptionally(failure);
            }
        });
    }

    /**
     * What the server has may be a copy of any age: before anything else is judged, the clock starts anew in another incarnation,
     * unless another node has seen to it. A node that knows nothing yet has nothing to doubt.
     */
    public void doubt() {
        if (known != null) {
            doubts.incrementAndGet();
        }
    }

    private boolean isDoubted() {
        return doubts.get() != doubtsSettled;
    }

    private CompletionStage<Long> catchUp(int attempt) {
        if (attempt > MAX_ATTEMPTS) {
            return CompletableFuture.failedStage(
                    new CacheBackendException("The clock of generations was set back and could not be replaced in "
                            + MAX_ATTEMPTS + " attempts"));
        }
        KnownGenerations present = known;
        if (present != null && isDoubted()) {
            return leave(present, attempt);
        }
        return present == null
                ? source.clock().thenCompose(bytes -> bytes == null ? create() : adopt(bytes))
                : source.changesSince(present.clock().bytes()).thenCompose(changes -> apply(present, changes, attempt));
    }

    private CompletionStage<Long> apply(KnownGenerations present, Changes changes, int attempt) {
        byte[] bytes = changes.clock();
        if (bytes == null) {
            return create();
        }
        if (changes.forked()) {
            return replace(bytes, present, attempt);
        }
        var groups = changes.groups();
        GenerationClock clock = GenerationClock.read(bytes);
        if (groups == null || clock.incarnation() != present.incarnation()) {
            return adopt(bytes);
        }
        present.advance(groups, clock);
        return present.clock().known();
    }

    private CompletionStage<Long> replace(byte[] seen, KnownGenerations present, int attempt) {
        return source.restart(seen, newClock())
                .thenCompose(after -> GenerationClock.read(after).incarnation() == present.incarnation()
                        ? catchUp(attempt + 1)
                        : adopt(after));
    }

    /** Goes on in another incarnation. */
    private CompletionStage<Long> leave(KnownGenerations present, int attempt) {
        long settled = doubts.get();
        return source.clock()
                .thenCompose(bytes -> {
                    if (bytes == null) {
                        return create();
                    }
                    return GenerationClock.read(bytes).incarnation() == present.incarnation()
                            ? replace(bytes, present, attempt)
                            : adopt(bytes);
                })
                .thenApply(stamp -> {
                    doubtsSettled = settled;
                    return stamp;
                });
    }

    private CompletionStage<Long> create() {
        return source.advance(List.of(), newClock(), random.getAsLong()).thenCompose(this::adopt);
    }

    /** Goes on from this clock and knows nothing of the time before. */
    private CompletionStage<Long> adopt(byte[] bytes) {
        GenerationClock clock = GenerationClock.read(bytes);
        known = new KnownGenerations(clock, maxGroups);
        return clock.known();
    }

    private byte[] newClock() {
        KnownGenerations present = known;
        long incarnation = 1 + Long.remainderUnsigned(random.getAsLong(), Stamp.MAX_INCARNATION);
        if (present != null && present.incarnation() == incarnation) {
            incarnation = 1 + incarnation % Stamp.MAX_INCARNATION;
        }
        return new GenerationClock(Stamp.of(incarnation, 0), random.getAsLong()).bytes();
    }
}
