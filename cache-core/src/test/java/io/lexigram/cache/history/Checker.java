package io.lexigram.cache.history;

import java.util.List;

/** All rules. */
final class Checker {

    /** The violations shown of each rule: one is what a developer reads. */
    private static final int SHOWN = 1;

    private static final List<Rule> RULES =
            List.of(new HonestReads(), new NoStaleRead(), new OneLoad(), new MonotonicReads());

    private Checker() {}

    static List<Violation> check(History history) {
        return RULES.stream()
                .flatMap(rule -> rule.violations(history).limit(SHOWN))
                .toList();
    }
}
