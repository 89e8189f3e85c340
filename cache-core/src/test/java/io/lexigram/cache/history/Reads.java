package io.lexigram.cache.history;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.LoadContext;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.history.Operation.Load.Kind;
import io.lexigram.cache.history.Operation.Load.Outcome;
import io.lexigram.cache.history.Operation.Read;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The steps that read, with or without a loader. */
final class Reads {

    /** The key whose loads come to nothing that is stored, at times; those of the others fail. */
    private static final String NOT_STORED = "odd-1";

    private static final int SELDOM = 3;

    private final Plan plan;
    private final SlowLoader loader;
    private final Recorder recorder;
    private final Executor executor;

    Reads(Plan plan, SlowLoader loader, Recorder recorder, Executor executor) {
        this.plan = plan;
        this.loader = loader;
        this.recorder = recorder;
        this.executor = executor;
    }

    void get(Cache<Stamped> cache, Task task) {
        read("get", task, () -> cache.get(task.place().key()));
    }

    void getOrLoad(Cache<Stamped> cache, Task task) {
        Set<String> tags = Tags.of(task.place());
        read(
                "get with loader",
                task,
                () -> cache.get(
                        task.place().key(),
                        () -> loader.load(task, task.place(), Kind.SINGLE, Outcome.LOADED, tags),
                        options(tags)));
    }

    /** The loader decides on a tag, and at times to fail or to have nothing stored. */
    void getOrLoadAdaptive(Cache<Stamped> cache, Task task) {
        Outcome outcome = outcomeOf(task);
        Set<String> tags = Tags.drawn(task);
        read(
                "get with adaptive loader",
                task,
                () -> cache.<RuntimeException>get(task.place().key(), (LoadContext context) -> {
                    context.tags(tags.toArray(String[]::new));
                    if (outcome == Outcome.NOT_STORED) {
                        context.doNotStore();
                    }
                    return loader.load(task, task.place(), Kind.SINGLE, outcome, tags);
                }));
    }

    private static Outcome outcomeOf(Task task) {
        if (task.draw().pick(1, SELDOM) > 0) {
            return Outcome.LOADED;
        }
        return task.place().key().equals(NOT_STORED) ? Outcome.NOT_STORED : Outcome.FAILED;
    }

    void getOrLoadAsync(Cache<Stamped> cache, Task task) {
        Set<String> tags = Tags.of(task.place());
        read("async get with loader", task, () -> cache.async()
                .get(
                        task.place().key(),
                        context -> {
                            long begin = System.nanoTime();
                            return CompletableFuture.supplyAsync(
                                    () -> loader.load(task, task.place(), Kind.ASYNC, Outcome.LOADED, tags, begin),
                                    executor);
                        },
                        options(tags))
                .toCompletableFuture()
                .join());
    }

    /** Asks for the drawn key and the next one of the same cache. */
    void getAll(Cache<Stamped> cache, Task task) {
        int next = (task.draw().place() + Plan.CACHES.size()) % plan.places();
        List<Place> places = List.of(task.place(), plan.place(next));
        List<String> keys = places.stream().map(Place::key).distinct().toList();
        Map<String, @Nullable Stamped> answers = new LinkedHashMap<>();
        String failure = failureOf(() -> answers.putAll(cache.getAll(keys, asked -> {
            Map<String, Stamped> loaded = new LinkedHashMap<>();
            for (Place place : places) {
                if (asked.contains(place.key())) {
                    loaded.computeIfAbsent(
                            place.key(), key -> loader.load(task, place, Kind.BATCH, Outcome.LOADED, Set.of()));
                }
            }
            return loaded;
        })));
        long returned = System.nanoTime();
        keys.forEach(key -> recorder.add(new Read(
                task.actor(),
                "get all with loader",
                new Place(cache.name(), key),
                task.asked(),
                returned,
                answers.get(key),
                failure)));
    }

    /** Loads by hand; what comes of it is no answer of the cache. */
    void reserveAndPut(Cache<Stamped> cache, Task task) {
        Set<String> tags = Tags.of(task.place());
        try (Reservation<Stamped> reservation = cache.reserve(task.place().key())) {
            Stamped value = loader.load(task, task.place(), Kind.RESERVED, Outcome.LOADED, tags);
            reservation.put(value, options(tags));
        }
    }

    private void read(String method, Task task, Callable<@Nullable Stamped> call) {
        Stamped[] answer = new Stamped[1];
        String failure = failureOf(() -> answer[0] = call.call());
        recorder.add(new Read(task.actor(), method, task.place(), task.asked(), System.nanoTime(), answer[0], failure));
    }

    private static @Nullable String failureOf(Action action) {
        try {
            action.run();
            return null;
        } catch (SlowLoader.Failure e) {
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof SlowLoader.Failure ? null : e.toString();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static CallOptions options(Set<String> tags) {
        return CallOptions.NONE.tags(tags.toArray(String[]::new));
    }

    private interface Action {
        void run() throws Exception;
    }
}
