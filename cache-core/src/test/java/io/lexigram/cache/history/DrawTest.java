package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawTest {

    private static Plan plan(Mix mix, long seed) {
        return new Plan(
                Plan.Job.HISTORY,
                "redis://localhost:1",
                "run",
                "redis",
                PlantedFault.NONE,
                mix,
                seed,
                3,
                1,
                4,
                2,
                1000,
                Path.of("file.tsv"));
    }

    private static List<Draw> draws(Plan plan, int thread) {
        return Stream.generate(Draw.of(plan, thread)::next).limit(500).toList();
    }

    @Test
    void a_seed_gives_each_thread_one_sequence() {
        Plan plan = plan(Mix.BROAD, 42);

        assertThat(draws(plan, 2)).isEqualTo(draws(plan, 2)).isNotEqualTo(draws(plan, 3));
        assertThat(draws(plan(Mix.BROAD, 43), 2)).isNotEqualTo(draws(plan, 2));
        assertThat(draws(plan.process(2, Path.of("x")), 2)).isNotEqualTo(draws(plan, 2));
    }

    @Test
    void a_broad_mix_takes_every_step() {
        assertThat(draws(plan(Mix.BROAD, 42), 0).stream().map(Draw::step).distinct())
                .containsExactlyInAnyOrder(Step.values());
    }

    @ParameterizedTest
    @EnumSource(Mix.class)
    void every_point_of_a_mix_is_a_step(Mix mix) {
        assertThat(mix.at(0)).isNotNull();
        assertThat(mix.at(mix.total() - 1)).isNotNull();
    }

    @Test
    void a_plan_survives_the_command_line() {
        Plan plan = plan(Mix.STORM, 42);

        assertThat(Plan.parse(plan.toArguments().toArray(String[]::new))).isEqualTo(plan);
    }

    @Test
    void every_key_has_one_owner() {
        Plan plan = plan(Mix.BROAD, 42);

        assertThat(Arrays.asList(plan.owner(0), plan.owner(3))).containsExactly(0, 3);
        assertThat(plan.threadNumber(3)).isEqualTo(7);
        assertThat(plan.place(0)).isEqualTo(new Place("first", "even-0"));
        assertThat(plan.place(3)).isEqualTo(new Place("second", "odd-1"));
    }
}
