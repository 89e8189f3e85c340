package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Load;
import io.lexigram.cache.history.Operation.Origin;
import io.lexigram.cache.history.Operation.Read;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A read answers no older version of a key than a read of the same process that had returned before it began.
 *
 * <p>It follows from one load at a time and from fences, provided that the source is written before the cache is told and
 * that what is put is the current version for as long as the put takes: then whoever may store an older version began before
 * the newer one was written, and lost the right to when a second load was allowed. Two reads that overlap promise nothing:
 * one of them may have waited for a load that was detached. Nor do two loads that {@link Sharing} lets run side by side
 * until an invalidation ends both: the one that read first may store last. Nor do two reads within the grace of G3.
 */
final class MonotonicReads implements Rule {

    static final String NAME = "monotonic reads";

    private final long graceNanos;

    /** @param graceNanos how long a process may answer what another one has invalidated */
    MonotonicReads(long graceNanos) {
        this.graceNanos = graceNanos;
    }

    private record Reader(int process, Place place) {}

    @Override
    public Stream<Violation> violations(History history) {
        Sharing sharing = new Sharing(history);
        Map<Reader, List<Read>> readers = history.of(Read.class)
                .filter(read -> read.answer() != null)
                .collect(Collectors.groupingBy(read -> new Reader(read.actor().process(), read.place())));
        return readers.values().stream().flatMap(reads -> {
            List<Violation> found = new ArrayList<>();
            regressions(reads, graceNanos, (newer, older) -> {
                Origin first = originOf(history, newer);
                Origin second = originOf(history, older);
                if (first != null && second != null && !ranSideBySide(first, second, sharing)) {
                    found.add(new Violation(
                            NAME,
                            "a read of " + older.place() + " answered an older version than a read of this process"
                                    + " that had returned before",
                            List.of(first, second, newer, older)));
                }
            });
            return found.stream();
        });
    }

    private interface Regression {
        void found(Read newer, Read older);
    }

    private static void regressions(List<Read> reads, long graceNanos, Regression regression) {
        List<Read> byCall =
                reads.stream().sorted(Comparator.comparingLong(Read::call)).toList();
        List<Read> byReturn =
                reads.stream().sorted(Comparator.comparingLong(Read::returned)).toList();
        int returned = 0;
        Read newest = null;
        for (Read read : byCall) {
            for (; byReturn.get(returned).returned() < read.call() - graceNanos; returned++) {
                Read candidate = byReturn.get(returned);
                newest = newest == null || version(candidate) > version(newest) ? candidate : newest;
            }
            if (newest != null && version(read) < version(newest)) {
                regression.found(newest, read);
            }
        }
    }

    private static boolean ranSideBySide(Origin newer, Origin older, Sharing sharing) {
        if (!(newer instanceof Load a && older instanceof Load b)) {
            return false;
        }
        Load first = a.begin() <= b.begin() ? a : b;
        Load second = first == a ? b : a;
        long stored = first.end() + TimeUnit.SECONDS.toNanos(Sharing.RELEASE_SECONDS);
        return second.begin() <= stored && !sharing.isPromised(first, second);
    }

    private static @Nullable Origin originOf(History history, Read read) {
        return read.answer() == null ? null : history.originOf(read.answer());
    }

    private static long version(Read read) {
        return read.answer() == null ? 0 : read.answer().version();
    }
}
