package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Invalidation;
import io.lexigram.cache.history.Operation.Moment;
import io.lexigram.cache.history.Operation.Put;
import java.util.LongSummaryStatistics;

/**
 * The time from the moment when a server began to fail until every process was back on the one that took its place. What a
 * server has confirmed and not passed on yet is lost with it: puts, invalidations, fills and leases. So a put of that time has
 * no effect that is promised, whoever loads may be alone in doing so, and a process may meet again what came back. An
 * invalidation is made again, and in effect when that time is over. That nothing throws, and that what is read was made for its
 * key, holds all the same.
 */
record Outage(long from, long to) {

    static final Outage NONE = new Outage(0, 0);

    History promisedIn(History history) {
        return this == NONE
                ? history
                : new History(history.of(Operation.class).map(this::promised).toList());
    }

    private Operation promised(Operation operation) {
        if (operation instanceof Invalidation ending && touches(ending.call(), ending.returned())) {
            return new Invalidation(ending.actor(), ending.scope(), ending.call(), Math.max(ending.returned(), to));
        }
        if (operation instanceof Put put && touches(put.call(), put.returned())) {
            return new Put(put.actor(), put.id(), put.place(), put.tags(), put.version(), put.call(), Operation.NEVER);
        }
        return operation;
    }

    /** Whether it is of the rules that do not hold across the outage, and what shows it is not all before or all after it. */
    boolean excuses(Violation violation) {
        boolean promised = violation.rule().equals(HonestReads.NAME)
                || violation.rule().equals(HonestReads.THROWS)
                || violation.rule().equals(NoStaleRead.NAME);
        if (this == NONE || promised) {
            return false;
        }
        LongSummaryStatistics times = violation.proof().stream()
                .flatMap(operation -> operation.moments().stream())
                .mapToLong(Moment::nanos)
                .summaryStatistics();
        return touches(times.getMin(), times.getMax());
    }

    private boolean touches(long begin, long end) {
        return begin <= to && end >= from;
    }
}
