package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Ending;
import io.lexigram.cache.history.Operation.Load;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * G2: two loads of one key overlap only where something ended one of them early. That is an invalidation or put that may
 * have taken effect between the two leases. When a lease was got is not seen from outside: after the call that asked for the
 * load, before the loader began. The invalidation of a tag counts for every key of its caches. Beyond that, {@link Sharing}
 * says which loads share. The time a caller waits must be longer than any load.
 */
final class OneLoad implements Rule {

    static final String NAME = "G2 one load";

    @Override
    public Stream<Violation> violations(History history) {
        Sharing sharing = new Sharing(history);
        List<Ending> endings = history.endings();
        Map<Place, List<Load>> loads = history.of(Load.class).collect(Collectors.groupingBy(Load::place));
        return loads.entrySet().stream().flatMap(entry -> {
            Timeline timeline = new Timeline(endings.stream()
                    .filter(ending -> ending.scope().detaches(entry.getKey()))
                    .toList());
            return overlaps(entry.getValue(), sharing, timeline).stream();
        });
    }

    private static List<Violation> overlaps(List<Load> loads, Sharing sharing, Timeline timeline) {
        List<Violation> found = new ArrayList<>();
        List<Load> running = new ArrayList<>();
        List<Load> byBegin =
                loads.stream().sorted(Comparator.comparingLong(Load::begin)).toList();
        for (Load second : byBegin) {
            running.removeIf(load -> load.end() <= second.begin());
            for (Load first : running) {
                if (sharing.isPromised(first, second)
                        && !timeline.touches(Math.min(first.asked(), second.asked()), second.begin())) {
                    found.add(new Violation(
                            NAME,
                            "a second load of " + second.place() + " began while the first one ran",
                            List.of(first, second)));
                }
            }
            running.add(second);
        }
        return found;
    }
}
