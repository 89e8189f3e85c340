package io.lexigram.cache.testing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDKs of this machine: the one that runs, those beside it, and those that variables such as {@code JAVA_HOME_21_X64} name. */
public final class Jdks {

    private static final String VARIABLE = "JAVA_HOME";

    private Jdks() {}

    /** The directory of the newest that is at least of this version. */
    public static Optional<Path> atLeast(int version) {
        return Stream.of(Stream.of(running()), beside(running()), named())
                .flatMap(homes -> homes)
                .filter(home -> version(home) >= version)
                .max(Comparator.comparingInt(Jdks::version));
    }

    private static Path running() {
        return Path.of(System.getProperty("java.home"));
    }

    private static Stream<Path> beside(Path home) {
        try (Stream<Path> homes = Files.list(home.resolveSibling("."))) {
            return homes.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Stream<Path> named() {
        return System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(VARIABLE))
                .map(variable -> Path.of(variable.getValue()));
    }

    /** What its file {@code release} says, 0 where it is no JDK. */
    private static int version(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
            return Runtime.Version.parse(release.getProperty("JAVA_VERSION", "").replace("\"", ""))
                    .feature();
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        }
    }
}
