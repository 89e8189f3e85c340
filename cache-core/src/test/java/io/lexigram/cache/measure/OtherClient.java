package io.lexigram.cache.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The process of a {@link PingProbe}. It collects no garbage: it ends before its memory does. */
public final class OtherClient implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    public OtherClient(String uri) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:+UseEpsilonGC",
                        "-Xmx6g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PingProbe.class.getName(),
                        uri))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        answers = process.inputReader(StandardCharsets.US_ASCII);
        orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        await("ready");
    }

    long pid() {
        return process.pid();
    }

    public void begin() throws IOException {
        orders.println("begin");
        await("begun");
    }

    public Pings end() throws IOException {
        orders.println("end");
        return Pings.parse(String.valueOf(answers.readLine()));
    }

    /** Skips what logging may have printed. */
    private void await(String line) throws IOException {
        String next = answers.readLine();
        while (next != null && !next.equals(line)) {
            next = answers.readLine();
        }
        if (next == null) {
            throw new IOException("The other client ended before it was " + line);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
