package io.lexigram.benchmarks.remote;

import java.time.Duration;

/** What holds for all who are measured. */
final class Remote {

    static final Duration TTL = Duration.ofHours(1);

    /** How many keys a batch has. */
    static final int BATCH = 100;

    private Remote() {}
}
