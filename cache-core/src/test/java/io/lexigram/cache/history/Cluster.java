package io.lexigram.cache.history;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Several JVMs that carry out one plan together. */
final class Cluster {

    /** Under the build directory, so that what a failed run wrote can be looked at. */
    private static final Path TARGET = Path.of("target", "history");

    private static final long PATIENCE_SECONDS = 60;

    private Cluster() {}

    /**
     * Runs a plan to its end.
     *
     * @throws IllegalStateException when a process does not begin, does not end or fails; what it printed is told
     */
    static History run(Plan plan) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(TARGET.resolve(plan.prefix()));
        List<Path> files = new ArrayList<>();
        List<Process> processes = new ArrayList<>();
        try (Truth truth = new Truth(plan.redis(), plan.prefix())) {
            for (int number = 0; number < plan.processes(); number++) {
                Path file = directory.resolve("process-" + number + ".tsv").toAbsolutePath();
                files.add(file);
                processes.add(start(plan.process(number, file), logOf(file)));
            }
            if (!truth.start(plan.processes())) {
                throw new IllegalStateException("Not every process began: " + logs(files));
            }
            for (Process process : processes) {
                boolean ended = process.waitFor(
                        plan.millis() + TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), TimeUnit.MILLISECONDS);
                if (!ended || process.exitValue() != 0) {
                    throw new IllegalStateException(
                            "A process " + (ended ? "failed" : "did not end") + ": " + logs(files));
                }
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        return History.read(files);
    }

    private static Process start(Plan plan, File log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        command.addAll(plan.toArguments());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private static File logOf(Path file) {
        return new File(file.toString().replace(".tsv", ".log"));
    }

    private static String logs(List<Path> files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append('\n')
                    .append(logOf(file))
                    .append(":\n")
                    .append(Files.readString(logOf(file).toPath()));
        }
        return text.toString();
    }
}
