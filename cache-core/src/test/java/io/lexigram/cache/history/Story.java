package io.lexigram.cache.history;

import io.lexigram.cache.history.Operation.Invalidation;
import io.lexigram.cache.history.Operation.Load;
import io.lexigram.cache.history.Operation.Put;
import io.lexigram.cache.history.Operation.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A history written by hand, of one key that carries one tag. Loads and puts are named by numbers. */
final class Story {

    static final Place PLACE = new Place("cache", "key");
    static final Set<String> TAGS = Set.of("tag");

    private final List<Operation> operations = new ArrayList<>();

    static Story story() {
        return new Story();
    }

    Story loads(long id, long version, long begin, long end) {
        return loads(id, version, Load.Kind.SINGLE, Load.Outcome.LOADED, begin, begin, end);
    }

    Story loads(long id, long version, Load.Kind kind, Load.Outcome outcome, long asked, long begin, long end) {
        return add(new Load(actor(0), id, kind, outcome, PLACE, TAGS, version, asked, begin, end));
    }

    Story puts(long id, long version, long call, long returned) {
        return add(new Put(actor(0), id, PLACE, TAGS, version, call, returned));
    }

    Story invalidates(Scope scope, long call, long returned) {
        return add(new Invalidation(actor(0), scope, call, returned));
    }

    Story deletes(long call, long returned) {
        return invalidates(Scope.key(PLACE), call, returned);
    }

    /** A read of the first process. */
    Story reads(long origin, long version, long call, long returned) {
        return reads(0, origin, version, call, returned);
    }

    Story reads(int process, long origin, long version, long call, long returned) {
        return reads(process, new Stamped(PLACE.cache(), PLACE.key(), version, origin), null, call, returned);
    }

    Story reads(int process, @Nullable Stamped answer, @Nullable String failure, long call, long returned) {
        return add(new Read(actor(process), "get", PLACE, call, returned, answer, failure));
    }

    private Story add(Operation operation) {
        operations.add(operation);
        return this;
    }

    private Actor actor(int process) {
        return new Actor(process, 0, operations.size());
    }

    History history() {
        return new History(operations);
    }

    /** The rules that it breaks. */
    List<String> broken() {
        return Checker.check(history()).stream().map(Violation::rule).toList();
    }
}
