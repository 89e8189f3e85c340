package io.lexigram.cache.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which package may use which library. A library is named by its root package, the longest name that fits counts, and it
 * has one home package; a further package needs a row of its own, and a row its package does not need is a violation as
 * well. A package without a class is still to be written, its row is not judged.
 */
public final class LibraryConfinement {

    private final Set<String> everywhere = new TreeSet<>(List.of("java", "io.lexigram"));
    private final Map<String, Set<String>> homes = new HashMap<>();

    /** Allows a library in all packages; it may go unused. */
    public LibraryConfinement everywhere(String... libraries) {
        everywhere.addAll(List.of(libraries));
        return this;
    }

    /** Allows a library in exactly these packages. */
    public LibraryConfinement only(String library, String home, String... furtherPackages) {
        Set<String> packages = homes.computeIfAbsent(library, name -> new TreeSet<>());
        packages.add(home);
        packages.addAll(List.of(furtherPackages));
        return this;
    }

    /** One sentence for each use that no row allows and each row that no use needs. */
    public List<String> violations(JavaClasses classes) {
        Set<String> sentences = new TreeSet<>();
        Set<String> needed = new LinkedHashSet<>();
        Set<String> written = ModuleClasses.packagesOf(classes);
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                Optional<String> library = libraryOf(target);
                if (target.isEmpty() || library.filter(everywhere::contains).isPresent()) {
                    continue;
                }
                Set<String> packages = library.map(homes::get).orElse(Set.of());
                if (packages.contains(type.getPackageName())) {
                    needed.add(row(library.orElseThrow(), type.getPackageName()));
                } else {
                    sentences.add(refusal(type, target, packages));
                }
            }
        }
        homes.forEach((library, packages) -> packages.stream()
                .filter(name -> written.contains(name) && !needed.contains(row(library, name)))
                .forEach(name -> sentences.add("%s does not use %s: remove that row".formatted(name, library))));
        return List.copyOf(sentences);
    }

    private Optional<String> libraryOf(String packageName) {
        Set<String> libraries = new LinkedHashSet<>(homes.keySet());
        libraries.addAll(everywhere);
        return libraries.stream()
                .filter(library -> packageName.equals(library) || packageName.startsWith(library + "."))
                .max(Comparator.comparingInt(String::length));
    }

    private static String refusal(JavaClass type, String target, Set<String> packages) {
        return packages.isEmpty()
                ? "%s uses %s, a library without a home: name the one package that may"
                        .formatted(type.getName(), target)
                : "%s uses %s, which is at home in %s only".formatted(type.getName(), target, packages);
    }

    private static String row(String library, String packageName) {
        return library + " in " + packageName;
    }
}
