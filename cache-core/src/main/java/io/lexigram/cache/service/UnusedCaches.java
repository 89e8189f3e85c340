package io.lexigram.cache.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Caches that are configured and that nothing has asked for: a misspelt name leaves the real cache with the defaults. */
final class UnusedCaches {

    private static final Logger log = LoggerFactory.getLogger("io.lexigram.cache");

    private UnusedCaches() {}

    static void tellOf(Directory directory) {
        Set<String> unused = new TreeSet<>(directory.configuredNames());
        unused.removeIf(directory::isUsed);
        List<String> others = directory.names().stream()
                .filter(name ->
                        directory.isUsed(name) && !directory.configuredNames().contains(name))
                .toList();
        for (String name : unused) {
            Optional<String> near = Misspelling.nearest(name, others);
            log.warn(
                    "Cache '{}' is configured, and nothing has asked for it so far. {}",
                    name,
                    near.isPresent()
                            ? "Is '" + near.get() + "' meant, which is used and has no configuration?"
                            : "Check its name, or remove it from the configuration");
        }
    }
}
