package io.lexigram.cache.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A server as a child process on the loopback address, working in a directory of its own. */
final class LocalServer implements TestServer {

    private static final int START_SECONDS = 20;

    private final Process process;
    private final Path directory;
    private final int port;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private LocalServer(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    static LocalServer start(ServerKind kind, int port, List<String> options) {
        List<String> command = new ArrayList<>(kind.command());
        command.addAll(kind.local().apply(port));
        command.addAll(options);
        try {
            Path directory = Files.createTempDirectory("lexigram-" + kind.name());
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            LocalServer server = new LocalServer(process, directory, port);
            server.followLog(kind);
            server.awaitReady(command);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    static boolean isInstalled(String binary) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, binary)));
    }

    private void followLog(ServerKind kind) {
        Thread reader = new Thread(() -> readLog(kind), kind.name() + "-log-" + port);
        reader.setDaemon(true);
        reader.start();
    }

    private void readLog(ServerKind kind) {
        StringBuilder seen = new StringBuilder();
        try (BufferedReader log = process.inputReader()) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                if (line.contains(kind.readyLine())) {
                    ready.complete(null);
                }
                if (!ready.isDone()) {
                    seen.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            seen.append(e);
        }
        ready.completeExceptionally(new IllegalStateException("It ended before it was ready. Its log:\n" + seen));
    }

    private void awaitReady(List<String> command) {
        try {
            ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("Not ready within " + START_SECONDS + " s: " + command, e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + command, e);
        }
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void stop() {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + directory, e);
        }
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " " + process.pid() + " answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send " + name + " to process " + process.pid(), e);
        }
    }
}
