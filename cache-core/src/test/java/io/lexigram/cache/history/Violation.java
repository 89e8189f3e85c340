package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Moment;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A broken promise.
 *
 * @param proof the few operations that show it
 */
record Violation(String rule, String sentence, List<Operation> proof) {

    /** The sentence, then what happened in its order, in milliseconds from the first moment on. */
    @Override
    public String toString() {
        List<Moment> moments = proof.stream()
                .flatMap(operation -> operation.moments().stream())
                .sorted(Comparator.comparingLong(Moment::nanos))
                .toList();
        long zero = moments.isEmpty() ? 0 : moments.get(0).nanos();
        return moments.stream()
                .map(moment -> "  %10s ms  %s".formatted(millis(moment.nanos(), zero), moment.text()))
                .collect(Collectors.joining("\n", rule + ": " + sentence + "\n", ""));
    }

    private static String millis(long nanos, long zero) {
        return nanos == Operation.NEVER ? "never" : "%.3f".formatted((nanos - zero) / 1e6);
    }
}
