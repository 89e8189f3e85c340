package io.lexigram.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** Where it was measured, in a sentence. */
public final class Machine {

    private Machine() {}

    /** @param redis the version of the server */
    public static String describe(String redis) {
        return String.format(
                Locale.ROOT,
                "%s: %d processors (%s), %s %s, %s %s; Redis %s without persistence on the loopback address; Caffeine %s,"
                        + " Spring %s, Spring Data Redis %s, Lettuce %s, JetCache %s, Redisson %s, JMH %s.",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                redis,
                version("caffeine"),
                version("spring-context"),
                version("spring-data-redis"),
                version("lettuce-core"),
                version("jetcache-core"),
                version("redisson"),
                version("jmh-core"));
    }

    private static String processor() {
        Path description = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(description)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(description)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** By the name of its jar. */
    private static String version(String artifact) {
        String jar = artifact + "-";
        return Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(name -> name.startsWith(jar) && name.matches("\\Q" + jar + "\\E\\d.*\\.jar"))
                .map(name -> name.substring(jar.length(), name.length() - ".jar".length()))
                .findFirst()
                .orElse("unknown");
    }
}
