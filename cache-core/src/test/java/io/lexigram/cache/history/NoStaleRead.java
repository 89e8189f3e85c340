package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Ending;
import io.lexigram.cache.history.Operation.Origin;
import io.lexigram.cache.history.Operation.Read;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * G1 with zero grace: a read that begins after an invalidation returned answers no value whose load began before the
 * invalidation's call. A put is an invalidation of its key in this respect: what a read after it answers was loaded no
 * earlier.
 *
 * <p>Where processes keep copies, what another one did has to be known within the grace of G3, and from then on.
 *
 * <p>A put is last-writer-wins, so one that overlaps an invalidation may come after it, and its value counts as loaded when
 * the put returned. Only one that had returned before the invalidation was called must be gone.
 */
final class NoStaleRead implements Rule {

    static final String NAME = "G1 no stale read";

    private final long graceNanos;

    /** @param graceNanos how long a read may answer what another process has invalidated */
    NoStaleRead(long graceNanos) {
        this.graceNanos = graceNanos;
    }

    /** @param process who ended the life of values; null for all */
    private record Group(
            Place place, Set<String> tags, @Nullable Integer process) {}

    @Override
    public Stream<Violation> violations(History history) {
        List<Ending> endings = history.endings();
        Map<Group, Timeline> timelines = new HashMap<>();
        return history.of(Read.class)
                .map(read -> {
                    Origin origin = read.answer() == null ? null : history.originOf(read.answer());
                    if (origin == null) {
                        return null;
                    }
                    Integer own = graceNanos == 0 ? null : read.actor().process();
                    Ending ending = timelines
                            .computeIfAbsent(
                                    new Group(origin.place(), origin.tags(), own), group -> timelineOf(group, endings))
                            .within(origin.loadedAt(), read.call());
                    if (ending == null && graceNanos > 0) {
                        ending = timelines
                                .computeIfAbsent(
                                        new Group(origin.place(), origin.tags(), null),
                                        group -> timelineOf(group, endings))
                                .within(origin.loadedAt(), read.call() - graceNanos);
                    }
                    return ending == null ? null : violation(read, origin, ending);
                })
                .filter(Objects::nonNull);
    }

    private static Timeline timelineOf(Group group, List<Ending> endings) {
        return new Timeline(endings.stream()
                .filter(ending -> group.process() == null || ending.actor().process() == group.process())
                .filter(ending -> ending.scope().covers(group.place(), group.tags()))
                .toList());
    }

    private static Violation violation(Read read, Origin origin, Ending ending) {
        return new Violation(
                NAME,
                "a read answered what was loaded before a put or invalidation of " + ending.scope()
                        + " that had returned before the read began",
                List.of(origin, ending, read));
    }
}
