package io.lexigram.cache.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.lexigram.cache.testing.ManualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryConfinementTest {

    private static final String HERE = "io.lexigram.cache.architecture";
    private static final String ELSEWHERE = "io.lexigram.cache.testing";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().importClasses(ModuleClasses.class, ManualTime.class);

    private final LibraryConfinement confinement = new LibraryConfinement().everywhere("org.jspecify");

    @Test
    void a_library_at_home_is_no_violation() {
        assertThat(confinement.only("com.tngtech.archunit", HERE).violations(CLASSES))
                .isEmpty();
    }

    @Test
    void a_library_without_a_home_is_named_with_the_class_that_uses_it() {
        assertThat(confinement.violations(CLASSES)).isNotEmpty().allSatisfy(sentence -> assertThat(sentence)
                .startsWith(ModuleClasses.class.getName() + " uses com.tngtech.archunit.")
                .contains("without a home"));
    }

    @Test
    void a_use_outside_the_home_is_a_violation_and_so_is_the_row_nothing_needs() {
        List<String> violations =
                confinement.only("com.tngtech.archunit", ELSEWHERE).violations(CLASSES);

        assertThat(violations)
                .anySatisfy(sentence -> assertThat(sentence).contains("at home in [" + ELSEWHERE + "] only"))
                .contains(ELSEWHERE + " does not use com.tngtech.archunit: remove that row");
    }

    @Test
    void a_package_whose_name_only_begins_alike_is_another_library() {
        assertThat(confinement.only("com.tngtech.arch", HERE).violations(CLASSES))
                .anySatisfy(sentence -> assertThat(sentence).contains("without a home"));
    }

    @Test
    void a_part_of_a_library_that_is_allowed_everywhere_has_a_home_of_its_own() {
        List<String> violations = confinement
                .everywhere("com.tngtech.archunit")
                .only("com.tngtech.archunit.core.importer", ELSEWHERE)
                .violations(CLASSES);

        assertThat(violations)
                .containsExactly(
                        HERE + ".ModuleClasses uses com.tngtech.archunit.core.importer, which is at home in ["
                                + ELSEWHERE + "] only",
                        ELSEWHERE + " does not use com.tngtech.archunit.core.importer: remove that row");
    }

    @Test
    void a_row_of_a_package_that_is_still_to_be_written_is_no_violation() {
        assertThat(confinement
                        .only("com.tngtech.archunit", HERE)
                        .only("com.example", "io.lexigram.cache.unwritten")
                        .violations(CLASSES))
                .isEmpty();
    }

    @Test
    void a_further_package_that_does_not_use_the_library_is_a_violation() {
        assertThat(confinement.only("com.tngtech.archunit", HERE, ELSEWHERE).violations(CLASSES))
                .containsExactly(ELSEWHERE + " does not use com.tngtech.archunit: remove that row");
    }
}
