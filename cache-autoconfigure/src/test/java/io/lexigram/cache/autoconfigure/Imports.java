package io.lexigram.cache.autoconfigure;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** What the {@code .imports} file of this module lists. */
public final class Imports {

    private static final String OURS = "io.lexigram.";

    private Imports() {}

    /** The names of our auto-configurations. */
    public static List<String> names() {
        return ImportCandidates.load(AutoConfiguration.class, Imports.class.getClassLoader()).getCandidates().stream()
                .filter(name -> name.startsWith(OURS))
                .toList();
    }

    /** Our auto-configurations, for a runner. */
    public static AutoConfigurations autoConfigurations() {
        return AutoConfigurations.of(names().stream()
                .map(name -> ClassUtils.resolveClassName(name, Imports.class.getClassLoader()))
                .toArray(Class<?>[]::new));
    }

    /** A class path without the classes of these packages. */
    public static ClassLoader without(String... packages) {
        return new FilteredClassLoader(name -> Stream.of(packages).anyMatch(name.replace('/', '.')::startsWith));
    }

    /** A context that is no web application, with our auto-configurations. */
    public static ApplicationContextRunner runner() {
        return new ApplicationContextRunner().withConfiguration(autoConfigurations());
    }
}
