package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Fault;
import io.lexigram.cache.history.Operation.Invalidation;
import io.lexigram.cache.history.Operation.Load;
import io.lexigram.cache.history.Operation.Put;
import io.lexigram.cache.history.Operation.Read;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Operations as lines of text, their fields separated by tabs. */
final class Lines {

    private static final String NOTHING = "-";

    private Lines() {}

    static String write(Operation operation) {
        if (operation instanceof Read read) {
            Stamped answer = read.answer();
            return join(
                    "read",
                    read.actor(),
                    read.method(),
                    read.place().cache(),
                    read.place().key(),
                    read.call(),
                    read.returned(),
                    answer == null
                            ? NOTHING
                            : answer.cache() + " " + answer.key() + " " + answer.version() + " " + answer.origin(),
                    read.failure() == null ? NOTHING : oneLine(read.failure()));
        }
        if (operation instanceof Load load) {
            return join(
                    "load",
                    load.actor(),
                    load.id(),
                    load.kind(),
                    load.outcome(),
                    load.place().cache(),
                    load.place().key(),
                    tags(load.tags()),
                    load.version(),
                    load.asked(),
                    load.begin(),
                    load.end());
        }
        if (operation instanceof Put put) {
            return join(
                    "put",
                    put.actor(),
                    put.id(),
                    put.place().cache(),
                    put.place().key(),
                    tags(put.tags()),
                    put.version(),
                    put.call(),
                    put.returned());
        }
        if (operation instanceof Invalidation done) {
            Scope scope = done.scope();
            return join(
                    "invalidate",
                    done.actor(),
                    scope.kind(),
                    scope.cache(),
                    scope.text(),
                    done.call(),
                    done.returned());
        }
        Fault fault = (Fault) operation;
        return join("fault", fault.actor(), fault.nanos(), oneLine(fault.text()));
    }

    static Operation read(String line) {
        String[] f = line.split("\t", -1);
        Actor actor = Actor.parse(f[1]);
        return switch (f[0]) {
            case "read" ->
                new Read(actor, f[2], new Place(f[3], f[4]), number(f[5]), number(f[6]), answer(f[7]), text(f[8]));
            case "load" ->
                new Load(
                        actor,
                        number(f[2]),
                        Load.Kind.valueOf(f[3]),
                        Load.Outcome.valueOf(f[4]),
                        new Place(f[5], f[6]),
                        tags(f[7]),
                        number(f[8]),
                        number(f[9]),
                        number(f[10]),
                        number(f[11]));
            case "put" ->
                new Put(
                        actor,
                        number(f[2]),
                        new Place(f[3], f[4]),
                        tags(f[5]),
                        number(f[6]),
                        number(f[7]),
                        number(f[8]));
            case "invalidate" ->
                new Invalidation(actor, new Scope(Scope.Kind.valueOf(f[2]), f[3], f[4]), number(f[5]), number(f[6]));
            case "fault" -> new Fault(actor, number(f[2]), f[3]);
            default -> throw new IllegalArgumentException("No operation is written as: " + line);
        };
    }

    private static @Nullable Stamped answer(String text) {
        if (text.equals(NOTHING)) {
            return null;
        }
        String[] parts = text.split(" ");
        return new Stamped(parts[0], parts[1], number(parts[2]), number(parts[3]));
    }

    private static @Nullable String text(String text) {
        return text.equals(NOTHING) ? null : text;
    }

    private static String tags(Set<String> tags) {
        return tags.isEmpty() ? NOTHING : String.join(" ", new TreeSet<>(tags));
    }

    private static Set<String> tags(String text) {
        return text.equals(NOTHING) ? Set.of() : Set.of(text.split(" "));
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String join(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            line.append(line.isEmpty() ? "" : "\t").append(field);
        }
        return line.toString();
    }
}
