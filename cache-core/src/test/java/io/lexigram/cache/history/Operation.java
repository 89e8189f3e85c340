package io.lexigram.cache.history;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a thread did, and when. Times are those of {@link System#nanoTime()}, which on one Linux host is CLOCK_MONOTONIC: one
 * clock for all processes.
 */
sealed interface Operation {

    /** The return of what did not return, or not in peace: whether it had its effect is unknown. */
    long NEVER = Long.MAX_VALUE;

    Actor actor();

    /** What happened when, for people. */
    List<Moment> moments();

    /** A point in time of an operation. */
    record Moment(long nanos, String text) {}

    /** What values come from. */
    sealed interface Origin extends Operation {

        long id();

        Place place();

        Set<String> tags();

        /** What is called after this time may not leave the value in the cache. */
        long loadedAt();
    }

    /** What ends the life of the values in its scope. */
    sealed interface Ending extends Operation {

        Scope scope();

        long call();

        long returned();
    }

    /**
     * An answer of the cache.
     *
     * @param answer null where there was none, or where a loader failed as it was meant to
     * @param failure what should never be thrown
     */
    record Read(
            Actor actor,
            String method,
            Place place,
            long call,
            long returned,
            @Nullable Stamped answer,
            @Nullable String failure)
            implements Operation {

        @Override
        public List<Moment> moments() {
            String what = "%s reads %s by %s".formatted(actor, place, method);
            String got = failure != null
                    ? failure
                    : answer == null ? "nothing" : "v%d of origin %d".formatted(answer.version(), answer.origin());
            return List.of(new Moment(call, what), new Moment(returned, what + " -> " + got));
        }
    }

    /**
     * A run of a loader.
     *
     * @param asked the call of the operation that ran it
     * @param begin before the source was read
     */
    record Load(
            Actor actor,
            long id,
            Kind kind,
            Outcome outcome,
            Place place,
            Set<String> tags,
            long version,
            long asked,
            long begin,
            long end)
            implements Origin {

        enum Kind {
            SINGLE,
            ASYNC,
            BATCH,
            RESERVED
        }

        enum Outcome {
            LOADED,
            NOT_STORED,
            FAILED
        }

        @Override
        public long loadedAt() {
            return begin;
        }

        @Override
        public List<Moment> moments() {
            String what = "%s loads %s (%s), origin %d".formatted(actor, place, kind, id);
            return List.of(new Moment(begin, what), new Moment(end, "%s -> v%d, %s".formatted(what, version, outcome)));
        }
    }

    /** A put. It takes effect between call and return, so its value counts as loaded at the return. */
    record Put(Actor actor, long id, Place place, Set<String> tags, long version, long call, long returned)
            implements Origin, Ending {

        @Override
        public long loadedAt() {
            return returned;
        }

        @Override
        public Scope scope() {
            return Scope.key(place);
        }

        @Override
        public List<Moment> moments() {
            String what = "%s puts v%d into %s, origin %d".formatted(actor, version, place, id);
            return List.of(new Moment(call, what), new Moment(returned, what + " -> done"));
        }
    }

    /** An invalidation. */
    record Invalidation(Actor actor, Scope scope, long call, long returned) implements Ending {

        @Override
        public List<Moment> moments() {
            String what = "%s invalidates %s".formatted(actor, scope);
            return List.of(new Moment(call, what), new Moment(returned, what + " -> done"));
        }
    }

    /** What a call that must not fail threw; a read says so itself. */
    record Fault(Actor actor, long nanos, String text) implements Operation {

        @Override
        public List<Moment> moments() {
            return List.of(new Moment(nanos, actor + " " + text));
        }
    }
}
