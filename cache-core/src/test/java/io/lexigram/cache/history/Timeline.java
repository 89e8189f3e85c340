package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Ending;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Endings in the order of their calls. Each question takes logarithmic time. */
final class Timeline {

    private final List<Ending> byCall;
    private final Ending[] firstToReturnFrom;
    private final Ending[] lastToReturnUntil;

    Timeline(Collection<Ending> endings) {
        byCall = endings.stream().sorted(Comparator.comparingLong(Ending::call)).toList();
        int size = byCall.size();
        firstToReturnFrom = new Ending[size];
        lastToReturnUntil = new Ending[size];
        for (int i = size - 1; i >= 0; i--) {
            Ending here = byCall.get(i);
            Ending later = i == size - 1 ? here : firstToReturnFrom[i + 1];
            firstToReturnFrom[i] = later.returned() < here.returned() ? later : here;
        }
        for (int i = 0; i < size; i++) {
            Ending here = byCall.get(i);
            Ending earlier = i == 0 ? here : lastToReturnUntil[i - 1];
            lastToReturnUntil[i] = earlier.returned() > here.returned() ? earlier : here;
        }
    }

    /** One that was called after the one time and returned before the other. */
    @Nullable
    Ending within(long after, long before) {
        int first = calledUntil(after);
        if (first == byCall.size()) {
            return null;
        }
        Ending candidate = firstToReturnFrom[first];
        return candidate.returned() < before ? candidate : null;
    }

    /** Whether one may have taken effect between the two times. */
    boolean touches(long from, long to) {
        int called = calledUntil(to);
        return called > 0 && lastToReturnUntil[called - 1].returned() >= from;
    }

    /** How many were called at the time or before. */
    private int calledUntil(long time) {
        int low = 0;
        int high = byCall.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byCall.get(middle).call() <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
