package io.lexigram.cache.history;

import io.lexigram.cache.testing.TestJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several JVMs that carry out one plan together. */
final class Cluster {

    /** Under the build directory, so that what a failed run wrote can be looked at. */
    private static final Path TARGET = Path.of("target", "history");

    private static final long PATIENCE_SECONDS = 60;

    private Cluster() {}

    /**
     * Runs a plan to its end, each of its processes in a JVM of its own.
     *
     * @throws IllegalStateException when a process does not begin, does not end or fails; what it printed is told
     */
    static History run(Plan plan) throws Exception {
        List<Plan> parts = parts(plan);
        List<Process> processes = new ArrayList<>();
        try (Truth truth = new Truth(plan.redis(), plan.prefix())) {
            for (Plan part : parts) {
                processes.add(start(part));
            }
            if (!truth.start(plan.processes())) {
                throw new IllegalStateException("Not every process began: " + logs(parts));
            }
            for (Process process : processes) {
                if (!process.waitFor(patienceMillis(plan), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                    throw new IllegalStateException("A process failed, or did not end: " + logs(parts));
                }
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        return historyOf(parts);
    }

    /** As {@link #run}, with all processes in this JVM: they share nothing but the server. It takes less time. */
    static History runHere(Plan plan) throws Exception {
        List<Plan> parts = parts(plan);
        ExecutorService executor = Executors.newFixedThreadPool(parts.size());
        try (Truth truth = new Truth(plan.redis(), plan.prefix())) {
            List<Future<?>> workers = new ArrayList<>();
            for (Plan part : parts) {
                workers.add(executor.submit(() -> {
                    Worker.carryOut(part);
                    return null;
                }));
            }
            if (!truth.start(plan.processes())) {
                throw new IllegalStateException("Not every worker of " + plan.title() + " began");
            }
            for (Future<?> worker : workers) {
                worker.get(patienceMillis(plan), TimeUnit.MILLISECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
        return historyOf(parts);
    }

    private static List<Plan> parts(Plan plan) throws IOException {
        Path directory = Files.createDirectories(directoryOf(plan));
        List<Plan> parts = new ArrayList<>();
        for (int number = 0; number < plan.processes(); number++) {
            parts.add(plan.process(
                    number, directory.resolve("process-" + number + ".tsv").toAbsolutePath()));
        }
        return parts;
    }

    private static History historyOf(List<Plan> parts) throws IOException {
        return History.read(parts.stream().map(Plan::file).toList());
    }

    private static long patienceMillis(Plan plan) {
        return plan.millis() + TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);
    }

    static Path directoryOf(Plan plan) {
        return TARGET.resolve(plan.prefix());
    }

    private static Process start(Plan plan) throws IOException {
        return TestJvm.running(Worker.class, plan.toArguments())
                .redirectOutput(logOf(plan))
                .start();
    }

    private static File logOf(Plan part) {
        return new File(part.file().toString().replace(".tsv", ".log"));
    }

    private static String logs(List<Plan> parts) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Plan part : parts) {
            File log = logOf(part);
            text.append('\n').append(log).append(":\n").append(Files.readString(log.toPath()));
        }
        return text.toString();
    }
}
