package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlantedFaultsIT {

    private static final long MILLIS = 2_000;
    private static final int KEYS = 2;

    /** What is stale has to stay so for longer than the grace. */
    private static final long TIERS_MILLIS = 2_500;

    /** A fault shows in a fraction of a second, or on a busy machine in some. */
    private static final long HUNT_MILLIS = 400;

    private static final int MOST_HUNTS = 25;

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
                Arguments.of(PlantedFault.WATCH_UNENDING, Mix.GROUPS, NoStaleRead.NAME),
                Arguments.of(PlantedFault.MARKER_NOT_MOVED, Mix.GROUPS, NoStaleRead.NAME),
                Arguments.of(PlantedFault.MARKER_MOVED_BACKWARDS, Mix.GROUPS, NoStaleRead.NAME),
                Arguments.of(PlantedFault.FLIGHT_JOINED_AFTER_INVALIDATION, Mix.GROUPS, NoStaleRead.NAME));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void the_checker_finds_a_planted_fault_in_seconds(PlantedFault fault, Mix mix, String rule) throws Exception {
        Set<String> broken = new TreeSet<>();
        for (int hunt = 0; hunt < MOST_HUNTS && !broken.contains(rule); hunt++) {
            broken.addAll(Trial.here(Trial.hunt(fault, mix, KEYS, HUNT_MILLIS)).brokenRules());
        }

        assertThat(broken).contains(rule);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "COPIED_AFTER_DROP",
                "WRITTEN_AFTER_DROP",
                "DROPPED_ONCE",
                "PUTS_UNTOLD",
                "GROUPS_UNTOLD",
                "LEASE_IGNORED",
                "FLUSH_IGNORED"
            })
    void the_checker_finds_a_planted_fault_of_a_tier_in_seconds(PlantedFault fault) throws Exception {
        Set<String> broken = new TreeSet<>();
        for (int hunt = 0; hunt < MOST_HUNTS && !broken.contains(NoStaleRead.NAME); hunt++) {
            broken.addAll(Trial.hunted(Trial.huntTiers(fault, Mix.BURSTS, TIERS_MILLIS))
                    .brokenRules());
        }

        assertThat(broken).contains(NoStaleRead.NAME);
    }

    @ParameterizedTest
    @CsvSource({"SLOW_COPIES, BURSTS", "SLOW_COPIES, STORM", "LOST_MESSAGES, BURSTS", "DEAF_NODES, BURSTS"})
    void without_a_fault_the_same_work_of_tiers_breaks_no_rule(PlantedFault none, Mix mix) throws Exception {
        Trial trial = Trial.here(Trial.huntTiers(none, mix, TIERS_MILLIS));

        assertThat(trial.violations()).as(trial::toString).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NONE, STORM", "NONE, GROUPS", "NONE, FAILURES", "UNSWEPT, GROUPS", "UNSWEPT, CALM"})
    void without_a_fault_the_same_work_breaks_no_rule(PlantedFault none, Mix mix) throws Exception {
        Trial trial = Trial.here(Trial.hunt(none, mix, KEYS, MILLIS));

        assertThat(trial.violations()).as(trial::toString).isEmpty();
    }
}
