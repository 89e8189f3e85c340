package io.lexigram.cache.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The main classes of one module. */
public final class ModuleClasses {

    private ModuleClasses() {}

    /** Of the module whose tests are running. */
    public static JavaClasses own() {
        Path place = Path.of("target", "classes").toAbsolutePath();
        JavaClasses classes = new ClassFileImporter().importPath(place);
        if (classes.isEmpty()) {
            throw new IllegalStateException("No classes in " + place + ": run the tests from the module's directory");
        }
        return classes;
    }

    /** Of the module one of whose classes is given: the directory or the jar it was loaded from. */
    public static JavaClasses with(Class<?> one) {
        Path place = Path.of(locationOf(one));
        try {
            ClassFileImporter importer = new ClassFileImporter();
            return Files.isDirectory(place)
                    ? importer.importPath(place)
                    : importer.importJar(new JarFile(place.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the classes in " + place, e);
        }
    }

    public static Set<String> packagesOf(JavaClasses classes) {
        return classes.stream().map(type -> type.getPackageName()).collect(Collectors.toSet());
    }

    private static URI locationOf(Class<?> one) {
        try {
            return one.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("No file holds " + one, e);
        }
    }
}
