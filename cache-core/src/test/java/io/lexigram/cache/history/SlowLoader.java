package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Load;
import io.lexigram.cache.history.Operation.Load.Kind;
import io.lexigram.cache.history.Operation.Load.Outcome;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Reads the source, and takes its time before it says what it read. The time is workload, drawn like everything else. */
final class SlowLoader {

    /** What a loader throws that is meant to fail. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure() {
            super("a loader that is meant to fail", null, false, false);
        }
    }

    private final Plan plan;
    private final Truth truth;
    private final Recorder recorder;

    SlowLoader(Plan plan, Truth truth, Recorder recorder) {
        this.plan = plan;
        this.truth = truth;
        this.recorder = recorder;
    }

    /** @throws Failure where the outcome is to fail */
    Stamped load(Task task, Place place, Kind kind, Outcome outcome, Set<String> tags) {
        return load(task, place, kind, outcome, tags, System.nanoTime());
    }

    /** @param begin when the cache called for the load, which may have had to wait for its thread */
    Stamped load(Task task, Place place, Kind kind, Outcome outcome, Set<String> tags, long begin) {
        truth.countLoad();
        long version = truth.read(place);
        pause(plan.mix().loadNanos(task.draw()));
        long id = recorder.nextId();
        recorder.add(new Load(
                task.actor(), id, kind, outcome, place, tags, version, task.asked(), begin, System.nanoTime()));
        if (outcome == Outcome.FAILED) {
            throw new Failure();
        }
        return new Stamped(place.cache(), place.key(), version, id);
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
