package io.lexigram.cache.history;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What one process has to do, in a form that fits a command line.
 *
 * @param job what it does
 * @param redis the address of the server
 * @param prefix begins all keys of this run
 * @param backend {@code memory}, {@code redis} for that server, {@value #TIERED} for both, or where else: {@code cluster@} or
 *     {@code sentinel@} and nodes, with {@value #TIERED} and a dash before it for memory before that
 * @param millis how long it goes on
 * @param file where it writes what it did
 */
record Plan(
        Job job,
        String redis,
        String prefix,
        String backend,
        PlantedFault fault,
        Mix mix,
        long seed,
        int processes,
        int process,
        int threads,
        int keys,
        long millis,
        Path file) {

    /** What a process is started for. */
    enum Job {
        HISTORY,
        STAMPEDE
    }

    /** Memory before Redis. */
    static final String TIERED = "tiered";

    /** The names of the two caches. */
    static final List<String> CACHES = List.of("first", "second");

    /** What a backend begins with whose servers have a place of their own, and do not fail. */
    static final String STEADY = "steady-";

    /** Whether the servers of the caches are not that of the source. */
    private boolean hasPlace() {
        return backend.indexOf('@') >= 0;
    }

    /** Whether they may fail. */
    boolean mayFail() {
        return hasPlace() && !backend.startsWith(STEADY);
    }

    /** Of the backend, without its place. */
    String type() {
        return hasPlace() ? backend.substring(0, backend.indexOf('@')).replace(STEADY, "") : backend;
    }

    /** The type of what all processes share. */
    String sharedType() {
        return type().replace(TIERED + "-", "");
    }

    /** As {@code host:port}, where they have a place of their own. */
    List<String> nodes() {
        return List.of(backend.substring(backend.indexOf('@') + 1).split(","));
    }

    /** The number of keys that have one name with every process. */
    int places() {
        return CACHES.size() * keys;
    }

    /** Even and odd numbers have names that a pattern can tell apart. */
    Place place(int index) {
        int number = index / CACHES.size();
        return new Place(CACHES.get(index % CACHES.size()), (number % 2 == 0 ? "even-" : "odd-") + number);
    }

    /** The thread that alone writes the source of a key, counted through all processes. */
    int owner(int index) {
        return index % (processes * threads);
    }

    int threadNumber(int thread) {
        return process * threads + thread;
    }

    /** The same processes for the stampede of so many threads in each. */
    Plan stampede(int threadsEach) {
        return new Plan(
                Job.STAMPEDE,
                redis,
                prefix,
                backend,
                fault,
                mix,
                seed,
                processes,
                process,
                threadsEach,
                keys,
                millis,
                file);
    }

    Plan process(int number, Path itsFile) {
        return new Plan(
                job, redis, prefix, backend, fault, mix, seed, processes, number, threads, keys, millis, itsFile);
    }

    boolean isTiered() {
        return backend.startsWith(TIERED);
    }

    List<String> toArguments() {
        return List.of(
                job.name(),
                redis,
                prefix,
                backend,
                fault.name(),
                mix.name(),
                Long.toString(seed),
                Integer.toString(processes),
                Integer.toString(process),
                Integer.toString(threads),
                Integer.toString(keys),
                Long.toString(millis),
                file.toString());
    }

    static Plan parse(String... arguments) {
        return new Plan(
                Job.valueOf(arguments[0]),
                arguments[1],
                arguments[2],
                arguments[3],
                PlantedFault.valueOf(arguments[4]),
                Mix.valueOf(arguments[5]),
                Long.parseLong(arguments[6]),
                Integer.parseInt(arguments[7]),
                Integer.parseInt(arguments[8]),
                Integer.parseInt(arguments[9]),
                Integer.parseInt(arguments[10]),
                Long.parseLong(arguments[11]),
                Path.of(arguments[12]));
    }

    /** What a person has to know to do the run again. */
    String title() {
        return "%s %s %s, seed %d, %d processes of %d threads, %d keys, %d ms"
                .formatted(backend, mix, fault, seed, processes, threads, places(), millis)
                .toLowerCase(Locale.ROOT);
    }
}
