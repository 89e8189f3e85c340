package io.lexigram.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A further JVM that takes orders by line, and answers with lines that begin with {@value #ANSWER}. */
public final class ChildJvm implements AutoCloseable {

    /** How an answer begins, so that it is told from what logging prints. */
    public static final String ANSWER = "answer: ";

    private final Process process;
    private final BufferedReader output;
    private final PrintWriter orders;

    private ChildJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** With the class path of this JVM, and its Redis. */
    public static ChildJvm start(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add("-D" + Redis.PROPERTY + "=" + Redis.uri());
        return start(System.getProperty("java.class.path"), main, all, arguments);
    }

    public static ChildJvm start(String classPath, Class<?> main, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(command);
    }

    public void order(String line) {
        orders.println(line);
    }

    /** The next answer. */
    public String answer() throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
            before.append(line).append('\n');
        }
        throw new IOException("The process ended without an answer. It printed:\n" + before);
    }

    /** What it prints until it ends. */
    public List<String> lines() {
        return output.lines().toList();
    }

    /** Says the answer of this JVM, which is the child. */
    @SuppressWarnings("SystemOut")
    public static void say(String answer) {
        System.out.println(ANSWER + answer);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
