package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Load;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Which loads of a key have to share where nothing ends the first one early. A reservation keeps nobody from loading, and is
 * kept by nobody. Where a load came to something that is not stored, those who waited for it load without queueing: they
 * are the callers who came before it had given its lease back, which takes at most {@value #RELEASE_SECONDS} s.
 */
final class Sharing {

    static final int RELEASE_SECONDS = 1;

    private final Map<Place, NavigableSet<Long>> endsOfNotStored = new HashMap<>();

    Sharing(History history) {
        history.of(Load.class)
                .filter(load -> load.outcome() == Load.Outcome.NOT_STORED)
                .forEach(load -> endsOfNotStored
                        .computeIfAbsent(load.place(), place -> new TreeSet<>())
                        .add(load.end()));
    }

    boolean isPromised(Load first, Load second) {
        return queues(first) && queues(second) && !isReleased(second) && !isReleased(first);
    }

    private static boolean queues(Load load) {
        return load.kind() != Load.Kind.RESERVED;
    }

    private boolean isReleased(Load load) {
        NavigableSet<Long> ends = endsOfNotStored.get(load.place());
        Long end = ends == null ? null : ends.ceiling(load.asked() - TimeUnit.SECONDS.toNanos(RELEASE_SECONDS));
        return end != null && end <= load.begin();
    }
}
