package io.lexigram.cache.history;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.history.Operation.Fault;
import io.lexigram.cache.history.Operation.Invalidation;
import io.lexigram.cache.history.Operation.Put;
import java.util.Set;

/** The steps that write and invalidate. */
final class Writes {

    private final CacheService service;
    private final Truth truth;
    private final Recorder recorder;

    Writes(CacheService service, Truth truth, Recorder recorder) {
        this.service = service;
        this.truth = truth;
        this.recorder = recorder;
    }

    void writeAndDelete(Cache<Stamped> cache, Task task) {
        truth.write(task.place());
        delete(cache, task);
    }

    void writeAndPut(Cache<Stamped> cache, Task task) {
        Place place = task.place();
        Set<String> tags = Tags.of(place);
        long id = recorder.nextId();
        long version = truth.write(place);
        Stamped value = new Stamped(place.cache(), place.key(), version, id);
        CallOptions options = CallOptions.NONE.tags(tags.toArray(String[]::new));
        long call = System.nanoTime();
        long returned = attempt(task, () -> cache.put(place.key(), value, options));
        recorder.add(new Put(task.actor(), id, place, tags, version, call, returned));
    }

    void delete(Cache<Stamped> cache, Task task) {
        invalidate(
                task, Scope.key(task.place()), () -> cache.delete(task.place().key()));
    }

    void deletePattern(Cache<Stamped> cache, Task task) {
        String beginning = beginning(task);
        invalidate(
                task,
                new Scope(Scope.Kind.BEGINNING, cache.name(), beginning),
                () -> cache.deletePattern(beginning + "*"));
    }

    void deletePatternOfAll(Task task) {
        String beginning = beginning(task);
        String name = task.place().cache();
        invalidate(
                task,
                new Scope(Scope.Kind.BEGINNING, name, beginning),
                () -> service.deletePattern(name + ":" + beginning + "*"));
    }

    void invalidateTag(Cache<Stamped> cache, Task task) {
        String tag = Tags.any(task.draw());
        invalidate(task, new Scope(Scope.Kind.TAG, cache.name(), tag), () -> cache.invalidateTags(tag));
    }

    void invalidateTagOfAll(Task task) {
        String tag = Tags.any(task.draw());
        invalidate(task, new Scope(Scope.Kind.TAG, "", tag), () -> service.invalidateTags(tag));
    }

    /** By the handle or by the namespace: it is the same. */
    void clear(Cache<Stamped> cache, Task task) {
        boolean byName = task.draw().pick(0, 2) == 0;
        invalidate(task, new Scope(Scope.Kind.ALL, cache.name(), ""), () -> {
            if (byName) {
                service.deleteNamespace(cache.name());
            } else {
                cache.clear();
            }
        });
    }

    void clearAll(Task task) {
        invalidate(task, new Scope(Scope.Kind.ALL, "", ""), service::clear);
    }

    private static String beginning(Task task) {
        String key = task.place().key();
        return key.substring(0, key.indexOf('-') + 1);
    }

    private void invalidate(Task task, Scope scope, Runnable invalidation) {
        long call = System.nanoTime();
        long returned = attempt(task, invalidation);
        recorder.add(new Invalidation(task.actor(), scope, call, returned));
    }

    /** @return when it returned, or {@link Operation#NEVER} where it failed */
    private long attempt(Task task, Runnable call) {
        try {
            call.run();
            return System.nanoTime();
        } catch (RuntimeException e) {
            recorder.add(new Fault(
                    task.actor(), System.nanoTime(), task.draw().step() + ": " + e + " because of " + e.getCause()));
            return Operation.NEVER;
        }
    }
}
