package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Fault;
import io.lexigram.cache.history.Operation.Origin;
import io.lexigram.cache.history.Operation.Read;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** G6, and that nothing throws: a read answers what something made for its key, as it was made. */
final class HonestReads implements Rule {

    static final String NAME = "G6 honest reads";
    static final String THROWS = "nothing throws";

    @Override
    public Stream<Violation> violations(History history) {
        Stream<Violation> faults = history.of(Fault.class)
                .map(fault -> new Violation(THROWS, "a call failed: " + fault.text(), List.of(fault)));
        Stream<Violation> reads =
                history.of(Read.class).map(read -> judge(read, history)).filter(Objects::nonNull);
        return Stream.concat(faults, reads);
    }

    private static @Nullable Violation judge(Read read, History history) {
        if (read.failure() != null) {
            return new Violation(THROWS, "a read failed: " + read.failure(), List.of(read));
        }
        Stamped answer = read.answer();
        if (answer == null) {
            return null;
        }
        Origin origin = history.originOf(answer);
        if (origin == null) {
            return new Violation(NAME, "a read of " + read.place() + " answered what nothing made", List.of(read));
        }
        boolean own = read.place().equals(new Place(answer.cache(), answer.key()))
                && read.place().equals(origin.place())
                && answer.version() == versionOf(origin);
        return own
                ? null
                : new Violation(
                        NAME,
                        "a read of " + read.place() + " answered a value made for " + origin.place(),
                        List.of(origin, read));
    }

    private static long versionOf(Origin origin) {
        return origin instanceof Operation.Put put ? put.version() : ((Operation.Load) origin).version();
    }
}
