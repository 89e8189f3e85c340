package io.lexigram.benchmarks.startup;

import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.report.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Starts of minimal applications, one after the other. */
public final class Startup {

    private static final Pattern REDIS_CLASS = Pattern.compile(
            " (io\\.lettuce\\.|io\\.netty\\.|org\\.springframework\\.data\\.redis\\.|io\\.lexigram\\.cache\\.backend\\.redis\\.)\\S+ source:");

    private Startup() {}

    /** One start of each. */
    public static List<Sample> round(int round) throws Exception {
        List<Sample> samples = new ArrayList<>();
        samples.addAll(start("startup.none", ClassPath.withoutCache(), NoCacheApplication.class, round));
        samples.addAll(start("startup.spring", ClassPath.withSpringCache(), SpringCacheApplication.class, round));
        samples.addAll(start("startup.lexigram", ClassPath.withLexigram(), LexigramApplication.class, round));
        return samples;
    }

    private static List<Sample> start(String row, String classPath, Class<?> application, int round) throws Exception {
        try (ChildJvm child = ChildJvm.start(classPath, application, List.of())) {
            String[] figures = child.answer().split(" ", -1);
            return List.of(
                    new Sample(row, "ms", round, Double.parseDouble(figures[0])),
                    new Sample(row, "cpu", round, Double.parseDouble(figures[1])),
                    new Sample(row, "heap", round, Double.parseDouble(figures[2])));
        }
    }

    /** How many classes of Redis an application loads that has the driver, and no Redis in its properties. */
    public static List<Sample> redisClasses(int round) throws Exception {
        List<String> loaded = redisClasses();
        return List.of(new Sample("startup.redis", "classes", round, loaded.size()));
    }

    static List<String> redisClasses() throws Exception {
        try (ChildJvm child = ChildJvm.start(
                ClassPath.withLexigramAndDriver(), LexigramApplication.class, List.of("-Xlog:class+load:stdout"))) {
            List<String> lines = child.lines();
            if (lines.stream().noneMatch(line -> line.startsWith(Started.ANSWER))) {
                throw new IllegalStateException("The application did not start:\n" + String.join("\n", lines));
            }
            return lines.stream()
                    .filter(line -> REDIS_CLASS.matcher(line).find())
                    .toList();
        }
    }
}
