package io.lexigram.cache.autoconfigure.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.architecture.LibraryConfinement;
import io.lexigram.cache.architecture.ModuleClasses;
import io.lexigram.cache.architecture.PackageRules;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;

class PackageMapTest {

    private static final String ROOT = "io.lexigram.cache.autoconfigure";
    private static final String ANNOTATIONS = "io.lexigram.cache.annotation";
    private static final JavaClasses OWN = ModuleClasses.own();

    @Test
    void packages_depend_on_each_other_in_one_direction_only() {
        PackageRules.noPackageCycles().check(OWN);
    }

    @Test
    void every_package_is_null_marked_and_says_in_a_sentence_what_it_is_for() {
        assertThat(PackageRules.undescribedPackages(OWN)).isEmpty();
    }

    @Test
    void no_package_is_split_between_this_module_and_the_core() {
        assertThat(ModuleClasses.packagesOf(OWN))
                .doesNotContainAnyElementsOf(ModuleClasses.packagesOf(ModuleClasses.with(CacheKey.class)));
    }

    @Test
    void the_annotations_can_be_used_without_spring() {
        classes()
                .that()
                .resideInAPackage(ANNOTATIONS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ANNOTATIONS, "java..", "org.jspecify..")
                .because("annotated code is compiled without this module's optional dependencies")
                .check(OWN);
    }

    @Test
    void an_optional_library_is_used_by_its_one_leaf_package() {
        LibraryConfinement libraries = new LibraryConfinement()
                .everywhere("org.jspecify", "org.slf4j", "org.springframework", "org.aopalliance")
                .only("org.springframework.boot.actuate", ROOT + ".actuate")
                .only("org.springframework.boot.health", ROOT + ".health")
                .only("org.springframework.data.redis", ROOT + ".backend")
                .only("io.lettuce", ROOT + ".backend")
                .only("net.rubyeye.xmemcached", ROOT + ".backend")
                .only("reactor", ROOT + ".aop", ROOT + ".actuate", ROOT + ".request")
                .only("org.reactivestreams", ROOT + ".aop")
                .only("jakarta.servlet", ROOT + ".actuate", ROOT + ".request")
                .only("com.fasterxml.jackson.annotation", ROOT + ".actuate")
                .only("io.micrometer", ROOT + ".metrics");

        assertThat(libraries.violations(OWN)).isEmpty();
    }

    @Test
    void a_condition_on_a_class_stands_on_a_configuration_and_not_on_a_method() {
        noMethods()
                .should()
                .beAnnotatedWith(ConditionalOnClass.class)
                .because("the method's own signature is read before its condition, and fails when the class is missing")
                .check(OWN);
    }
}
