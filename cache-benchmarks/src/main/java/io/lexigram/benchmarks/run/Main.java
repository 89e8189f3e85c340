package io.lexigram.benchmarks.run;

import io.lettuce.core.RedisClient;
import io.lexigram.benchmarks.Redis;
import io.lexigram.benchmarks.report.Machine;
import io.lexigram.benchmarks.report.Page;
import io.lexigram.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What {@code cache-benchmarks/run} starts: everything where nothing is named, {@code short}, or suites by name. The results
 * stay in a directory, so that a suite can be done again; {@code page} only writes the page again. {@code rounds=3} does no
 * suite in more than 3 rounds.
 */
public final class Main {

    private static final String ROUNDS = "rounds=";

    private final Path results;
    private final int mostRounds;

    private Main(Path results, int mostRounds) {
        this.results = results;
        this.mostRounds = mostRounds;
    }

    /** @param arguments the module, then what to run */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("jmh.ignoreLock", "true");
        Path module = Path.of(arguments[0]);
        List<String> wanted = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        int mostRounds = wanted.stream()
                .filter(word -> word.startsWith(ROUNDS))
                .mapToInt(word -> Integer.parseInt(word.substring(ROUNDS.length())))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        wanted.removeIf(word -> word.startsWith(ROUNDS));
        if (wanted.equals(List.of("short"))) {
            new Main(module.resolve("target/benchmarks-short"), mostRounds).brief();
        } else {
            new Main(module.resolve("target/benchmarks"), mostRounds)
                    .full(module.resolve("../docs/performance.md"), wanted);
        }
        System.exit(0);
    }

    private void brief() throws Exception {
        clean();
        run("short", Suite.brief());
        print(new Page(Results.read(results), Machine.describe(redisVersion())).ratios());
    }

    private void full(Path page, List<String> wanted) throws Exception {
        Map<String, Suite> suites = Suite.all();
        List<String> names = new ArrayList<>(wanted.isEmpty() ? suites.keySet() : wanted);
        names.remove("page");
        if (!suites.keySet().containsAll(names)) {
            throw new IllegalArgumentException(
                    "Cannot run " + wanted + ": name none for all, 'short', 'page', or some of " + suites.keySet());
        }
        if (wanted.isEmpty()) {
            clean();
        }
        Files.createDirectories(results);
        Path machine = results.resolve("machine.txt");
        if (!names.isEmpty() || !Files.exists(machine)) {
            Files.writeString(machine, Machine.describe(redisVersion()));
        }
        for (String name : names) {
            run(name, Objects.requireNonNull(suites.get(name)));
        }
        new Page(Results.read(results), Files.readString(machine)).writeTo(page);
        print("Wrote " + page.normalize());
    }

    private void run(String name, Suite suite) throws Exception {
        int rounds = Math.min(mostRounds, suite.rounds());
        for (int round = 1; round <= rounds; round++) {
            for (Step step : suite.steps()) {
                print(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + name + ": " + step.name()
                        + ", round " + round + " of " + rounds);
                Redis.flush();
                step.run(round, results);
            }
        }
    }

    private void clean() throws IOException {
        Files.createDirectories(results);
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static String redisVersion() {
        RedisClient client = RedisClient.create(Redis.uri());
        try {
            return client.connect()
                    .sync()
                    .info("server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()).trim())
                    .findFirst()
                    .orElse("of unknown version");
        } finally {
            client.shutdown();
        }
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        System.out.println(line);
    }
}
