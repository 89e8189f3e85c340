package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Ending;
import io.lexigram.cache.history.Operation.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all processes of a run did. */
final class History {

    private final List<Operation> operations;
    private final Map<Long, Origin> origins = new HashMap<>();

    History(Collection<? extends Operation> operations) {
        this.operations = List.copyOf(operations);
        of(Origin.class).forEach(origin -> origins.put(origin.id(), origin));
    }

    /** @throws IllegalArgumentException when a file was not written to its end */
    static History read(Collection<Path> files) throws IOException {
        List<Operation> operations = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(Recorder.END)) {
                throw new IllegalArgumentException(
                        file + " has " + lines.size() + " lines but no end: its process died");
            }
            lines.subList(0, lines.size() - 1).forEach(line -> operations.add(Lines.read(line)));
        }
        return new History(operations);
    }

    <T extends Operation> Stream<T> of(Class<T> type) {
        return operations.stream().filter(type::isInstance).map(type::cast);
    }

    /** What made a value, or null where nothing did. */
    @Nullable
    Origin originOf(Stamped value) {
        return origins.get(value.origin());
    }

    /** The puts and invalidations. */
    List<Ending> endings() {
        return of(Ending.class).toList();
    }

    int size() {
        return operations.size();
    }
}
