package io.lexigram.cache.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

class PackageMapTest {

    private static final String ROOT = "io.lexigram.cache";
    private static final JavaClasses CORE = ModuleClasses.own();

    @Test
    void packages_depend_on_each_other_in_one_direction_only() {
        PackageRules.noPackageCycles().check(CORE);
    }

    @Test
    void the_root_package_depends_on_nothing_below_it_and_on_no_library() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT, "java..", "org.jspecify..")
                .because("these are the words of the domain, which every other package uses")
                .check(CORE);
    }

    @Test
    void a_library_is_used_by_its_one_leaf_package() {
        LibraryConfinement libraries = new LibraryConfinement()
                .everywhere("org.jspecify", "org.slf4j")
                .only("com.github.benmanes.caffeine", ROOT + ".backend.memory")
                .only("tools.jackson", ROOT + ".codec.json")
                .only("com.fasterxml.jackson.annotation", ROOT + ".codec.json")
                .only("io.github.resilience4j", ROOT + ".resilience")
                .only("io.lettuce", ROOT + ".backend.redis")
                .only("org.springframework.data.redis", ROOT + ".backend.redis")
                .only("net.rubyeye.xmemcached", ROOT + ".backend.memcached")
                .only("com.google.code.yanf4j", ROOT + ".backend.memcached")
                .only("io.netty", ROOT + ".backend.redis")
                .only("javax.net.ssl", ROOT + ".backend.memcached");

        assertThat(libraries.violations(CORE)).isEmpty();
    }

    @Test
    void every_package_is_null_marked_and_says_in_a_sentence_what_it_is_for() {
        assertThat(PackageRules.undescribedPackages(CORE)).isEmpty();
    }
}
