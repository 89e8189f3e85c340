package io.lexigram.benchmarks.startup;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.annotation.Cached;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The class paths that minimal applications have: what their starters bring, out of all that there is here. */
final class ClassPath {

    private static final List<String> SPRING_BOOT = List.of(
            "spring-boot",
            "spring-boot-autoconfigure",
            "spring-core",
            "spring-context",
            "spring-beans",
            "spring-aop",
            "spring-expression",
            "logback-classic",
            "logback-core",
            "slf4j-api",
            "jul-to-slf4j",
            "log4j-to-slf4j",
            "log4j-api",
            "commons-logging",
            "micrometer-commons",
            "micrometer-observation",
            "jspecify",
            "jakarta.annotation-api",
            "snakeyaml");
    private static final List<String> CAFFEINE = List.of("caffeine", "error_prone_annotations");
    private static final List<String> SPRING_CACHE = List.of("spring-boot-cache", "spring-context-support");
    private static final List<String> LEXIGRAM = List.of(
            "jackson-core",
            "jackson-databind",
            "jackson-annotations",
            "resilience4j-core",
            "resilience4j-circuitbreaker");
    private static final List<String> REDIS = List.of(
            "lettuce-core",
            "redis-authx-core",
            "spring-data-redis",
            "spring-data-keyvalue",
            "spring-data-commons",
            "spring-tx",
            "spring-oxm",
            "reactor-core",
            "reactive-streams",
            "netty-buffer",
            "netty-codec-base",
            "netty-common",
            "netty-handler",
            "netty-resolver",
            "netty-transport",
            "netty-transport-native-unix-common");

    private ClassPath() {}

    static String withoutCache() {
        return of(List.of(NoCacheApplication.class), List.of(SPRING_BOOT));
    }

    static String withSpringCache() {
        return of(List.of(NoCacheApplication.class), List.of(SPRING_BOOT, CAFFEINE, SPRING_CACHE));
    }

    static String withLexigram() {
        return of(ours(), List.of(SPRING_BOOT, CAFFEINE, LEXIGRAM));
    }

    /** The driver and what it needs beside ours. */
    static String withLexigramAndDriver() {
        return of(ours(), List.of(SPRING_BOOT, CAFFEINE, LEXIGRAM, REDIS));
    }

    private static List<Class<?>> ours() {
        return List.of(NoCacheApplication.class, CacheService.class, Cached.class);
    }

    private static String of(List<Class<?>> owners, List<List<String>> artifacts) {
        List<String> entries = new ArrayList<>(
                owners.stream().map(ClassPath::location).distinct().toList());
        for (String artifact : artifacts.stream().flatMap(List::stream).toList()) {
            entries.add(jar(artifact));
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String location(Class<?> owner) {
        try {
            return Path.of(owner.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Where is " + owner + "?", e);
        }
    }

    private static String jar(String artifact) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        String.valueOf(Path.of(entry).getFileName()).matches("\\Q" + artifact + "\\E-\\d.*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no jar of " + artifact + " on the class path"));
    }
}
