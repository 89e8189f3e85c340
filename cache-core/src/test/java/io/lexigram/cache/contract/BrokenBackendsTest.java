package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contract is what it claims to be: it fails on each broken backend, by the law that the fault breaks. */
class BrokenBackendsTest {

    static List<Fault> faults() {
        return BrokenBackends.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void a_fault_is_noticed_by_the_laws_it_breaks(Fault fault) {
        assertThat(fault.laws()).isNotEmpty();
        assertThat(Law.all().keySet()).containsAll(fault.laws());
        for (String law : fault.laws()) {
            Events failed = run(fault, List.of(law)).failed();

            assertThat(failed.count()).as("failures of %s", law).isPositive();
            assertThat(failed.stream().map(BrokenBackendsTest::causeOf))
                    .as("what %s noticed: a backend that is wrong, not one that falls over", law)
                    .doesNotHaveAnyElementsOfTypes(NullPointerException.class, IllegalAccessException.class);
        }
    }

    @Test
    void every_law_is_broken_by_a_fault() {
        Set<String> unbroken = new TreeSet<>(Law.all().keySet());
        BrokenBackends.all().forEach(fault -> unbroken.removeAll(fault.laws()));

        assertThat(unbroken).as("laws nobody has seen fail").isEmpty();
    }

    @Test
    void a_sound_backend_breaks_no_law() {
        Events events = run(BrokenBackends.SOUND, Law.all().keySet());

        assertThat(events.failed().stream().map(Event::toString).collect(Collectors.joining("\n")))
                .isEmpty();
        assertThat(events.succeeded().count()).isGreaterThan(Law.all().size());
    }

    private static Throwable causeOf(Event failure) {
        Throwable cause = failure.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Events run(Fault fault, Collection<String> laws) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter(BrokenContract.FAULT, fault.name())
                .selectors(laws.stream()
                        .map(law -> Law.all().get(law).in(BrokenContract.class))
                        .toArray(DiscoverySelector[]::new))
                .execute()
                .testEvents();
    }
}
