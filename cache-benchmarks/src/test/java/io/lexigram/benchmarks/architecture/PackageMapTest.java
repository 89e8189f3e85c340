package io.lexigram.benchmarks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.lexigram.cache.architecture.ModuleClasses;
import io.lexigram.cache.architecture.PackageRules;
import org.junit.jupiter.api.Test;

class PackageMapTest {

    /** Without what JMH generates. */
    private static final JavaClasses OWN = ModuleClasses.own()
            .that(DescribedPredicate.describe("written by hand", (JavaClass type) -> !type.getPackageName()
                    .endsWith(".jmh_generated")));

    @Test
    void packages_depend_on_each_other_in_one_direction_only() {
        PackageRules.noPackageCycles().check(OWN);
    }

    @Test
    void every_package_is_null_marked_and_says_in_a_sentence_what_it_is_for() {
        assertThat(PackageRules.undescribedPackages(OWN)).isEmpty();
    }
}
