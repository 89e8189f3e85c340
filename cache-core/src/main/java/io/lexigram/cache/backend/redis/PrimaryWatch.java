package io.lexigram.cache.backend.redis;

import io.lexigram.cache.spi.ByteBackend.LossListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a primary is another one than before, or was started anew, and may have lost what it had confirmed. It asks each
 * primary who it is: with a new connection ahead of everything else, beside operations once a second, and with each heartbeat.
 *
 * <p>A user who may not use INFO is told of each new connection, and in a cluster of each new primary.
 */
final class PrimaryWatch {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The node of a connection to a server, whichever server it leads to. */
    private static final String THE_SERVER = "";

    private final LongSupplier ticker;
    private final List<LossListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong askedAt;
    private final AtomicLong questions = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();

    /** The primaries by node; null for one that was there from the beginning and has not answered yet. */
    private final Map<String, @Nullable Seen> primaries = new HashMap<>();

    private boolean hasBegun;

    /** When any of them answered last. */
    private long answeredAt;

    /** @param ticker nanoseconds */
    PrimaryWatch(LongSupplier ticker) {
        this.ticker = ticker;
        this.askedAt = new AtomicLong(ticker.getAsLong());
    }

    void add(LossListener listener) {
        listeners.add(listener);
    }

    /** Asks if that was not done for a second. To be called behind an operation. */
    void inPassing(Link link) {
        long last = askedAt.get();
        long now = ticker.getAsLong();
        if (now - last >= PAUSE_NANOS && askedAt.compareAndSet(last, now)) {
            ask(link);
        }
    }

    /** Asks, and does not wait. */
    void ask(Link link) {
        askedAt.set(ticker.getAsLong());
        long question = questions.incrementAndGet();
        ClusterNodes nodes = link.nodes();
        if (nodes == null) {
            begin(Set.of(THE_SERVER));
            hear(THE_SERVER, question, link, PrimaryIdentity.of(link.commands()));
            return;
        }
        List<String> ids = nodes.primaryIds();
        begin(Set.copyOf(ids));
        for (String id : ids) {
            hear(
                    id,
                    question,
                    nodes,
                    nodes.connectTo(id).thenCompose(connection -> PrimaryIdentity.of(connection.async())));
        }
    }

    /** One that is no primary any more will be another one when it is a primary again. */
    private void begin(Set<String> present) {
        lock.lock();
        try {
            if (!hasBegun) {
                hasBegun = true;
                present.forEach(id -> primaries.put(id, null));
            }
            primaries.keySet().retainAll(present);
        } finally {
            lock.unlock();
        }
    }

    /** @param otherwise what the identity is where the node does not tell it */
    private void hear(String node, long question, Object otherwise, CompletionStage<PrimaryIdentity> answer) {
        answer.whenComplete((identity, failure) -> {
            if (failure == null) {
                heard(node, question, identity);
            } else if (Failures.isNotPermitted(Failures.withoutWrapping(failure))) {
                heard(node, question, PrimaryIdentity.unknown(otherwise));
            }
        });
    }

    private void heard(String node, long question, PrimaryIdentity identity) {
        if (!identity.isPrimary()) {
            return;
        }
        long now = ticker.getAsLong();
        boolean isLoss;
        boolean isOld;
        lock.lock();
        try {
            boolean isNew = !primaries.containsKey(node);
            Seen before = primaries.get(node);
            if (before != null && before.question > question) {
                return;
            }
            primaries.put(node, new Seen(identity, question, now));
            isLoss = isNew || before != null && !before.identity.isSame(identity);
            isOld = isLoss
                    && (before == null || !before.identity.isSameProcess(identity))
                    && identity.hasStartedWithin(now - (before == null ? answeredAt : before.nanos));
            answeredAt = now;
        } finally {
            lock.unlock();
        }
        if (isLoss) {
            listeners.forEach(listener -> listener.lost(isOld));
        }
    }

    private record Seen(PrimaryIdentity identity, long question, long nanos) {}
}
