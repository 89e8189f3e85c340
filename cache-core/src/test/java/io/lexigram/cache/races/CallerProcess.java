package io.lexigram.cache.races;

import io.lexigram.cache.history.PlantedFault;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A {@link OneCaller} in a JVM of its own, as the one who started it sees it. */
final class CallerProcess implements AutoCloseable {

    private final Process process;
    private final Duration patience;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private int asked;

    private CallerProcess(Process process, Duration patience) {
        this.process = process;
        this.patience = patience;
        Thread reader = new Thread(this::listen, "caller-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param patience for what has to happen
     * @param stored whether what it loads is to be stored
     */
    static CallerProcess start(String prefix, PlantedFault fault, Duration patience, String value, boolean stored)
            throws IOException {
        List<String> arguments =
                List.of(RedisServer.shared().getUri(), prefix, fault.name(), value, Boolean.toString(stored));
        return new CallerProcess(TestJvm.running(OneCaller.class, arguments).start(), patience);
    }

    /** One that reads the key that is raced for whenever it is {@linkplain #ask asked}. */
    static CallerProcess reader(String prefix, PlantedFault fault, Duration patience, Duration heartbeat)
            throws IOException {
        List<String> arguments =
                List.of(RedisServer.shared().getUri(), prefix, fault.name(), Long.toString(heartbeat.toMillis()));
        return new CallerProcess(TestJvm.running(OneReader.class, arguments).start(), patience);
    }

    private void listen() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(said::add);
        } catch (IOException e) {
            said.add(e.toString());
        }
    }

    /**
     * Waits for what sets the scene: its loader runs.
     *
     * @throws ConditionTimeoutException when it never does
     */
    void awaitLoading() {
        await(OneCaller.LOADING, Races.PATIENCE);
    }

    /** Waits for what sets the scene: it waits for another one's load. */
    void awaitWaiting() {
        await(OneCaller.WAITING, Races.PATIENCE);
    }

    /**
     * Waits for what has to happen: its loader runs.
     *
     * @throws AssertionError when it does not
     */
    void expectLoading() {
        try {
            await(OneCaller.LOADING, patience);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("The loader of another process did not run", e);
        }
    }

    /** Lets its loader return. */
    void load() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Has it read once more. @return which of its answers will tell */
    int ask() throws IOException {
        load();
        return ++asked;
    }

    /** What it read. */
    String answer(int number) {
        Awaitility.await("an answer " + number + " among " + said)
                .atMost(Races.PATIENCE)
                .until(() -> answers().size() >= number);
        return answers().get(number - 1);
    }

    private List<String> answers() {
        return said.stream()
                .filter(line -> line.startsWith(OneReader.READ))
                .map(line -> line.substring(OneReader.READ.length()))
                .toList();
    }

    /** What the call came to. */
    String outcome() {
        await(OneCaller.OUTCOME, Races.PATIENCE);
        return said.stream()
                .filter(line -> line.startsWith(OneCaller.OUTCOME))
                .findFirst()
                .orElseThrow()
                .substring(OneCaller.OUTCOME.length());
    }

    /** Ends it at once, whatever it is doing. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops all its threads, until {@link #resume()}. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + status);
        }
    }

    private void await(String beginning, Duration time) {
        Awaitility.await("a process that says '" + beginning + "' among " + said)
                .atMost(time)
                .until(() -> said.stream().anyMatch(line -> line.startsWith(beginning)));
    }

    @Override
    public void close() {
        kill();
    }
}
