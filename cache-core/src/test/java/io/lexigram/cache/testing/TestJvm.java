package io.lexigram.cache.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A further JVM with the class path of this one, small, as several of them share a machine. */
public final class TestJvm {

    private TestJvm() {}

    /** What starts the main method of this class, and gives it these arguments. */
    public static ProcessBuilder running(Class<?> main, List<String> arguments) {
        return running(Path.of(System.getProperty("java.home")), main, arguments);
    }

    /** The same on the JDK in this directory. */
    public static ProcessBuilder running(Path jdk, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve(Path.of("bin", "java")).toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
