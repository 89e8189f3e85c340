package io.lexigram.cache.history;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All rules. */
final class Checker {

    /** The violations shown of each rule: one is what a developer reads. */
    private static final int SHOWN = 1;

    private Checker() {}

    static List<Violation> check(History history) {
        return check(history, Duration.ZERO, Outage.NONE);
    }

    /**
     * @param grace how long processes may keep copies of what another one has invalidated
     * @param outage what excuses some of what is found
     */
    static List<Violation> check(History history, Duration grace, Outage outage) {
        long nanos = grace.toNanos();
        History promised = outage.promisedIn(history);
        return Stream.of(new HonestReads(), new NoStaleRead(nanos), new OneLoad(), new MonotonicReads(nanos))
                .flatMap(rule -> rule.violations(promised)
                        .filter(violation -> !outage.excuses(violation))
                        .limit(SHOWN))
                .toList();
    }
}
