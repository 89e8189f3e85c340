package io.lexigram.cache.invalidate;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows of one incarnation of the clock: the last ticks of groups, and the tick up to which it knows them all.
 * Readers may hold on to one while the node turns to another: nothing is forgotten in it that its floor does not tell.
 */
final class KnownGenerations {

    private final long incarnation;
    private final StampTable<Group> groups;
    private final StampTable<String> namespaces;
    private final ReentrantLock lock = new ReentrantLock();
    /** The last tick of any group. */
    private volatile long latest;
    /** The last tick of a group that is not of one namespace. */
    private volatile long latestEverywhere;

    private volatile GenerationClock clock;

    /** Knows nothing of what was before the clock showed this. */
    KnownGenerations(GenerationClock clock, int maxGroups) {
        this.incarnation = clock.incarnation();
        this.clock = clock;
        this.latest = clock.seq();
        this.latestEverywhere = clock.seq();
        this.groups = new StampTable<>(maxGroups, clock.seq());
        this.namespaces = new StampTable<>(maxGroups, clock.seq());
    }

    /** All ticks up to this one are known. */
    GenerationClock clock() {
        return clock;
    }

    long incarnation() {
        return incarnation;
    }

    Validity check(long stamp, String namespace, Collection<String> tags) {
        if (Stamp.incarnation(stamp) != incarnation) {
            return Validity.INVALID;
        }
        long seq = Stamp.seq(stamp);
        if (seq > clock.seq()) {
            return Validity.UNKNOWN;
        }
        return seq >= latest ? Validity.VALID : check(seq, Group.of(namespace, tags));
    }

    private Validity check(long seq, List<Group> ofEntry) {
        boolean all = true;
        for (Group group : ofEntry) {
            long last = groups.get(group);
            if (last > seq) {
                return Validity.INVALID;
            }
            all &= last >= 0;
        }
        return all || groups.floor() <= seq ? Validity.VALID : Validity.UNKNOWN;
    }

    boolean quietSince(long stamp, String namespace) {
        if (Stamp.incarnation(stamp) != incarnation) {
            return false;
        }
        long seq = Stamp.seq(stamp);
        if (latest <= seq) {
            return true;
        }
        long last = namespaces.get(namespace);
        return latestEverywhere <= seq && (last < 0 ? namespaces.floor() : last) <= seq;
    }

    /** Adds all ticks between the {@link #clock} and another one, and only then says that they are known. */
    void advance(Map<ByteBuffer, Long> ticks, GenerationClock to) {
        lock.lock();
        try {
            ticks.forEach((name, stamp) -> note(Group.read(name), Stamp.seq(stamp)));
            if (to.isAfter(clock)) {
                clock = to;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds one tick, and says nothing of others. */
    void tick(Collection<Group> invalidated, long seq) {
        lock.lock();
        try {
            invalidated.forEach(group -> note(group, seq));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds what the server said of groups.
     *
     * @param seqs the last tick of each group
     * @param when what the clock showed, at that time or later
     */
    void learn(List<Group> asked, List<Long> seqs, GenerationClock when) {
        lock.lock();
        try {
            // A group that ticked since and was dropped again must not come back with the tick before.
            if (groups.floor() <= when.seq()) {
                for (int i = 0; i < asked.size(); i++) {
                    learn(asked.get(i), seqs.get(i));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void learn(Group group, long last) {
        if (last > latest) {
            note(group, last);
        } else {
            groups.isLast(group, last);
        }
    }

    /** A group of a later version is taken for everything. The counts that let readers look no further come last. */
    private void note(@Nullable Group named, long seq) {
        Group group = named == null ? Group.all() : named;
        groups.happened(group, seq);
        if (group.kind() == Group.Kind.NAMESPACE || group.kind() == Group.Kind.TAG) {
            namespaces.happened(group.namespace(), seq);
        } else {
            latestEverywhere = Math.max(latestEverywhere, seq);
        }
        latest = Math.max(latest, seq);
    }
}
