package io.lexigram.cache.history;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.history.Operation.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One process of a run: {@code main} for a JVM of its own, told what to do by a {@link Plan}. */
final class Worker implements AutoCloseable {

    private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private final Plan plan;
    private final Truth truth;
    private final Recorder recorder;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final CacheService service;
    private final Map<String, Cache<Stamped>> caches = new TreeMap<>();
    private final Reads reads;
    private final Writes writes;

    private Worker(Plan plan) throws Exception {
        this.plan = plan;
        this.truth = new Truth(plan.redis(), plan.prefix());
        this.recorder = new Recorder(plan.file(), plan.process());
        this.service = Caches.serviceOf(plan);
        for (String name : Plan.CACHES) {
            caches.put(name, service.cache(Caches.specOf(plan, name)));
        }
        this.reads = new Reads(plan, new SlowLoader(plan, truth, recorder), recorder, executor);
        this.writes = new Writes(service, truth, recorder);
    }

    /** @param arguments as {@link Plan#toArguments} makes them */
    public static void main(String... arguments) throws Exception {
        carryOut(Plan.parse(arguments));
        // What a client left running is no reason to go on.
        System.exit(0);
    }

    /** Waits for the start, does its part of the plan and writes it down. */
    static void carryOut(Plan plan) throws Exception {
        try (Worker worker = new Worker(plan)) {
            worker.service.ping();
            worker.truth.awaitStart();
            worker.run();
        }
    }

    private void run() throws ExecutionException, InterruptedException {
        List<Future<?>> threads = new ArrayList<>();
        for (int thread = 0; thread < plan.threads(); thread++) {
            int number = thread;
            threads.add(executor.submit(() -> {
                if (plan.job() == Plan.Job.STAMPEDE) {
                    ask(number);
                } else {
                    work(number);
                }
            }));
        }
        for (Future<?> thread : threads) {
            thread.get();
        }
    }

    /** Asks once for one key that is missing. */
    private void ask(int thread) {
        Place place = plan.place(0);
        Task task = new Task(
                new Actor(plan.process(), thread, 0),
                new Draw(Step.GET_OR_LOAD, 0, plan.seed()),
                place,
                System.nanoTime());
        reads.getOrLoad(cacheOf(place), task);
    }

    private void work(int thread) {
        Draw.Source draws = Draw.of(plan, thread);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(plan.millis());
        for (int step = 0; System.nanoTime() < end; step++) {
            Draw draw = draws.next();
            Actor actor = new Actor(plan.process(), thread, step);
            try {
                take(draw, actor);
            } catch (RuntimeException e) {
                recorder.add(new Fault(actor, System.nanoTime(), draw.step() + ": " + e));
            }
            if (plan.isTiered()) {
                // Hits on copies are so fast that the record would not fit into memory.
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }

    private void take(Draw draw, Actor actor) {
        Place place = plan.place(draw.place());
        boolean owner = plan.owner(draw.place()) == plan.threadNumber(actor.thread());
        Task task = new Task(actor, draw, place, System.nanoTime());
        Cache<Stamped> cache = cacheOf(place);
        switch (draw.step()) {
            case WRITE_AND_DELETE, WRITE_AND_PUT -> {
                if (!owner) {
                    reads.getOrLoad(cache, task);
                } else if (draw.step() == Step.WRITE_AND_PUT) {
                    writes.writeAndPut(cache, task);
                } else {
                    writes.writeAndDelete(cache, task);
                }
            }
            case GET -> reads.get(cache, task);
            case GET_OR_LOAD -> reads.getOrLoad(cache, task);
            case GET_OR_LOAD_ADAPTIVE -> reads.getOrLoadAdaptive(cache, task);
            case GET_OR_LOAD_ASYNC -> reads.getOrLoadAsync(cache, task);
            case GET_ALL -> reads.getAll(cache, task);
            case RESERVE_AND_PUT -> reads.reserveAndPut(cache, task);
            case DELETE -> writes.delete(cache, task);
            case DELETE_PATTERN -> writes.deletePattern(cache, task);
            case DELETE_PATTERN_OF_ALL -> writes.deletePatternOfAll(task);
            case INVALIDATE_TAG -> writes.invalidateTag(cache, task);
            case INVALIDATE_TAG_OF_ALL -> writes.invalidateTagOfAll(task);
            case CLEAR -> writes.clear(cache, task);
            case CLEAR_ALL -> writes.clearAll(task);
        }
    }

    private Cache<Stamped> cacheOf(Place place) {
        return Objects.requireNonNull(caches.get(place.cache()));
    }

    @Override
    public void close() throws Exception {
        executor.shutdownNow();
        recorder.close();
        service.close();
        truth.close();
    }
}
