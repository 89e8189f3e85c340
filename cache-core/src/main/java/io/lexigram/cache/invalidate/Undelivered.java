package io.lexigram.cache.invalidate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The invalidations that a backend could not be told. Until it has been, what they concern counts as absent on this node,
 * whatever the backend answers.
 *
 * <p>Bounded: what does not fit becomes an invalidation of the whole namespace, and then of everything; nothing is dropped.
 * It lives in this process: a crash loses it.
 */
public final class Undelivered {

    private final int max;
    private final ConcurrentHashMap<Scope, Waiting> waiting = new ConcurrentHashMap<>();
    private final ReentrantLock delivering = new ReentrantLock();
    private volatile boolean isEmpty = true;

    public Undelivered(int max) {
        this.max = max;
    }

    /** What an invalidation concerns. */
    public enum Kind {
        KEY,
        PATTERN,
        TAG,
        NAMESPACE,
        PATTERN_EVERYWHERE,
        TAG_EVERYWHERE,
        ALL
    }

    /**
     * What one invalidation concerns.
     *
     * @param namespace empty where it is all of them
     * @param text the key, pattern or tag; empty where there is none
     */
    public record Scope(Kind kind, String namespace, String text) {

        public static Scope key(String namespace, String key) {
            return new Scope(Kind.KEY, namespace, key);
        }

        public static Scope namespace(String namespace) {
            return new Scope(Kind.NAMESPACE, namespace, "");
        }

        boolean isEverywhere() {
            return kind == Kind.ALL || kind == Kind.PATTERN_EVERYWHERE || kind == Kind.TAG_EVERYWHERE;
        }

        public static Scope all() {
            return new Scope(Kind.ALL, "", "");
        }
    }

    /** Tells the backend; throws where it cannot. */
    public interface Delivery {

        /** Carries out invalidations of one kind in one namespace; their texts are the keys, patterns or tags. */
        void deliver(List<String> texts);
    }

    /**
     * Keeps an invalidation.
     *
     * @param matches the keys that a pattern concerns: of its namespace, or full ones where it is for all
     * @param delivery the same object for all of its kind and namespace
     * @param wholeNamespace invalidates the namespace instead, where there are too many
     * @param everything invalidates everything instead, where there are too many still
     */
    public void add(
            Scope scope,
            @Nullable Predicate<String> matches,
            Delivery delivery,
            Delivery wholeNamespace,
            Delivery everything) {
        waiting.put(scope, new Waiting(matches, delivery));
        if (waiting.size() > max && !scope.isEverywhere()) {
            waiting.keySet()
                    .removeIf(
                            other -> !other.isEverywhere() && other.namespace().equals(scope.namespace()));
            waiting.put(Scope.namespace(scope.namespace()), new Waiting(null, wholeNamespace));
        }
        if (waiting.size() > max) {
            waiting.clear();
            waiting.put(Scope.all(), new Waiting(null, everything));
        }
        isEmpty = false;
    }

    public boolean isEmpty() {
        return isEmpty;
    }

    public int size() {
        return waiting.size();
    }

    /** Whether the key counts as absent; while a tag waits, every key does that could carry it. */
    public boolean hits(String namespace, String key) {
        if (isEmpty) {
            return false;
        }
        if (waiting.containsKey(Scope.key(namespace, key)) || waiting.containsKey(Scope.namespace(namespace))) {
            return true;
        }
        for (Map.Entry<Scope, Waiting> entry : waiting.entrySet()) {
            if (concerns(entry.getKey(), entry.getValue(), namespace, key)) {
                return true;
            }
        }
        return false;
    }

    private static boolean concerns(Scope scope, Waiting waiting, String namespace, String key) {
        return switch (scope.kind()) {
            case ALL, TAG_EVERYWHERE -> true;
            case TAG -> scope.namespace().equals(namespace);
            case PATTERN ->
                scope.namespace().equals(namespace)
                        && waiting.matches() != null
                        && waiting.matches().test(key);
            case PATTERN_EVERYWHERE ->
                waiting.matches() != null && waiting.matches().test(namespace.isEmpty() ? key : namespace + ":" + key);
            case KEY, NAMESPACE -> false;
        };
    }

    /** Delivers what waits; one caller at a time, others go on. @throws RuntimeException what the first delivery failed with */
    public void deliver() {
        if (!isEmpty && delivering.tryLock()) {
            deliverLocked();
        }
    }

    /** As {@link #deliver}, but waits for another caller to finish first. */
    public void deliverLast() throws InterruptedException {
        delivering.lockInterruptibly();
        deliverLocked();
    }

    private void deliverLocked() {
        try {
            Map<Delivery, List<Map.Entry<Scope, Waiting>>> grouped = new LinkedHashMap<>();
            for (Map.Entry<Scope, Waiting> entry : waiting.entrySet()) {
                grouped.computeIfAbsent(entry.getValue().delivery(), d -> new ArrayList<>())
                        .add(Map.entry(entry.getKey(), entry.getValue()));
            }
            grouped.forEach((delivery, some) -> {
                try {
                    delivery.deliver(
                            some.stream().map(entry -> entry.getKey().text()).toList());
                } catch (UnsupportedOperationException e) {
                    // The backend never could.
                }
                some.forEach(entry -> waiting.remove(entry.getKey(), entry.getValue()));
            });
            isEmpty = true;
            // What was added while the last were under way.
            isEmpty = waiting.isEmpty();
        } finally {
            delivering.unlock();
        }
    }

    private static final class Waiting {

        private final @Nullable Predicate<String> matches;
        private final Delivery delivery;

        private Waiting(@Nullable Predicate<String> matches, Delivery delivery) {
            this.matches = matches;
            this.delivery = delivery;
        }

        private @Nullable Predicate<String> matches() {
            return matches;
        }

        private Delivery delivery() {
            return delivery;
        }
    }
}
