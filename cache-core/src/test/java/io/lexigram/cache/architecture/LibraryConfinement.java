package io.lexigram.cache.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which package may use which library. A library has one home package; a further package needs a row of its own, and a
 * row that is no longer needed is a violation as well.
 */
public final class LibraryConfinement {

    private static final String OWN = "io.lexigram";

    private final List<String> everywhere = new ArrayList<>(List.of("java", OWN));
    private final Set<Use> allowed = new LinkedHashSet<>();

    /** Allows a library in all packages; it may go unused. */
    public LibraryConfinement everywhere(String... libraries) {
        everywhere.addAll(List.of(libraries));
        return this;
    }

    /** Allows a library, named by its root package, in exactly these packages. */
    public LibraryConfinement only(String library, String home, String... furtherPackages) {
        allowed.add(new Use(library, home));
        for (String further : furtherPackages) {
            allowed.add(new Use(library, further));
        }
        return this;
    }

    /** One sentence for each use that no row allows and each row that no use needs. */
    public List<String> violations(JavaClasses classes) {
        Set<String> found = new LinkedHashSet<>();
        Set<Use> unused = new LinkedHashSet<>(allowed);
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (target.isEmpty() || everywhere.stream().anyMatch(library -> within(library, target))) {
                    continue;
                }
                Optional<Use> row = allowed.stream()
                        .filter(use -> within(use.library(), target)
                                && use.packageName().equals(type.getPackageName()))
                        .findFirst();
                row.ifPresentOrElse(unused::remove, () -> found.add(refusal(type, target)));
            }
        }
        unused.forEach(
                use -> found.add("%s no longer uses %s: remove that row".formatted(use.packageName(), use.library())));
        return List.copyOf(found);
    }

    private String refusal(JavaClass type, String target) {
        List<String> homes = allowed.stream()
                .filter(use -> within(use.library(), target))
                .map(Use::packageName)
                .toList();
        return homes.isEmpty()
                ? "%s uses %s, a library without a home: name the one package that may"
                        .formatted(type.getName(), target)
                : "%s uses %s, which is at home in %s only".formatted(type.getName(), target, homes);
    }

    private static boolean within(String root, String packageName) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }

    private record Use(String library, String packageName) {}
}
