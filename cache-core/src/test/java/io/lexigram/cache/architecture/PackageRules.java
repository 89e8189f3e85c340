package io.lexigram.cache.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** What holds for the packages of every module. */
public final class PackageRules {

    private PackageRules() {}

    /** Each package is a slice of its own, the root package included. */
    public static ArchRule noPackageCycles() {
        return slices().assignedFrom(new OnePackageEach())
                .should()
                .beFreeOfCycles()
                .because(
                        "a package must be understood without those that use it: move the shared type to the lower one,"
                                + " or turn the call around with an interface there");
    }

    /** The packages without a package-info that is {@code @NullMarked} and opens with a sentence of Javadoc. */
    public static List<String> undescribedPackages(JavaClasses classes) {
        return ModuleClasses.packagesOf(classes).stream()
                .filter(Predicate.not(name -> isNullMarked(classes, name) && isDescribed(name)))
                .sorted()
                .toList();
    }

    private static boolean isNullMarked(JavaClasses classes, String packageName) {
        String name = packageName + ".package-info";
        return classes.contain(name) && classes.get(name).isAnnotatedWith(NullMarked.class);
    }

    private static boolean isDescribed(String packageName) {
        Path source = Path.of("src/main/java", packageName.replace('.', '/'), "package-info.java");
        try {
            return Files.readString(source).startsWith("/**");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + source, e);
        }
    }

    private static final class OnePackageEach implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
