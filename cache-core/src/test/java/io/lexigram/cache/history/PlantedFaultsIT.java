package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("shared")
class PlantedFaultsIT {

    private static final long MILLIS = 2_000;
    private static final int KEYS = 2;

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(PlantedFault.DELETE_FORGOTTEN, Mix.STORM, NoStaleRead.NAME),
                Arguments.of(PlantedFault.DELETE_ANSWERED_EARLY, Mix.STORM, NoStaleRead.NAME),
                Arguments.of(PlantedFault.DELETE_LEAVES_LEASE, Mix.STORM, NoStaleRead.NAME),
                Arguments.of(PlantedFault.NO_FENCE, Mix.STORM, NoStaleRead.NAME),
                Arguments.of(PlantedFault.FILL_WITHOUT_COMPARE, Mix.STORM, NoStaleRead.NAME),
                Arguments.of(PlantedFault.CLAIM_ALWAYS_GRANTED, Mix.CALM, OneLoad.NAME),
                Arguments.of(PlantedFault.RELEASE_WITHOUT_TOKEN, Mix.FAILURES, OneLoad.NAME),
                Arguments.of(PlantedFault.TAKE_OVER_OF_LIVE_LEASE, Mix.CALM, OneLoad.NAME),
                Arguments.of(PlantedFault.STAMP_AFTER_LOAD, Mix.GROUPS, NoStaleRead.NAME),
                Arguments.of(PlantedFault.CLOCK_CACHED, Mix.GROUPS, NoStaleRead.NAME),
                Arguments.of(PlantedFault.MARKER_NOT_MOVED, Mix.GROUPS, NoStaleRead.NAME),
                Arguments.of(PlantedFault.MARKER_MOVED_BACKWARDS, Mix.GROUPS, NoStaleRead.NAME));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void the_checker_finds_a_planted_fault_in_seconds(PlantedFault fault, Mix mix, String rule) throws Exception {
        assertThat(Trial.here(Trial.hunt(fault, mix, KEYS, MILLIS)).brokenRules())
                .contains(rule);
    }

    @ParameterizedTest
    @EnumSource(names = {"STORM", "GROUPS", "CALM", "FAILURES"})
    void without_a_fault_the_same_work_breaks_no_rule(Mix mix) throws Exception {
        Trial trial = Trial.here(Trial.hunt(PlantedFault.NONE, mix, KEYS, MILLIS));

        assertThat(trial.violations()).as(trial::toString).isEmpty();
    }
}
