package io.lexigram.cache.races;

import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.service.Protection;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * How a node works.
 *
 * @param executor of loads ahead of the end and of events; null for the usual one
 * @param scheduler of renewals and of what is delivered later; null for the usual one
 * @param heartbeat of the node's local tier; null where it has none
 * @param deadline of each call of the backend
 */
record Means(
        Protection protection,
        @Nullable Executor executor,
        @Nullable ScheduledExecutorService scheduler,
        @Nullable Duration heartbeat,
        Duration deadline) {

    /** Longer than any gate stays closed. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    static final Means DEFAULT = of(Protection.DEFAULT);

    /** Callers wait for others longer than any test lasts. */
    static final Means PATIENT = of(Protection.DEFAULT.maxWait(Duration.ofMinutes(10)));

    static Means of(Protection protection) {
        return new Means(protection, null, null, null, DEADLINE);
    }

    Means executor(Executor itsExecutor) {
        return new Means(protection, itsExecutor, scheduler, heartbeat, deadline);
    }

    Means scheduler(ScheduledExecutorService itsScheduler) {
        return new Means(protection, executor, itsScheduler, heartbeat, deadline);
    }

    Means tiered(Duration itsHeartbeat) {
        return new Means(protection, executor, scheduler, itsHeartbeat, deadline);
    }

    Means deadline(Duration itsDeadline) {
        return new Means(protection, executor, scheduler, heartbeat, itsDeadline);
    }

    LexigramCache.Builder builder() {
        LexigramCache.Builder builder =
                LexigramCache.builder().protection(protection).monitoring(null);
        if (executor != null) {
            builder.executor(executor);
        }
        if (scheduler != null) {
            builder.scheduler(scheduler);
        }
        return builder;
    }
}
