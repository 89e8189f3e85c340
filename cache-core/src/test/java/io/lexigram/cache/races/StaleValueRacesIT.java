package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.history.PlantedFault;
import java.time.Duration;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Values past their lifetime stand in for loads that fail or last, while their tags are invalidated on another node. */
class StaleValueRacesIT extends Races {

    private static final LoadTimeout SOFT = new LoadTimeout(Duration.ofMillis(50), null);

    /** FusionCache #535 and #628: what completes in the background is stamped with its completion. */
    @Test
    @CaughtBy(PlantedFault.STAMP_AFTER_LOAD)
    void a_tag_that_is_invalidated_while_a_load_goes_on_in_the_background_is_honoured() throws Exception {
        Cache<String> cache = withStaleValue();
        Gate loading = gate("loader");
        assertThat(cache.<RuntimeException>get(KEY, () -> loading.pass("late"), CallOptions.NONE.tags(TAG)))
                .isEqualTo("stale");
        loading.awaitArrival();

        there.service().invalidateTags(TAG);
        Gate filled = here.pauseAfter("fill");
        loading.open();
        filled.awaitArrival();
        filled.open();

        assertThat(cache.get(KEY)).isNull();
    }

    /** FusionCache #648: what is past its life is judged by its tags all the same. */
    @Test
    @CaughtBy(PlantedFault.MARKER_NOT_MOVED)
    void a_value_that_was_invalidated_does_not_stand_in_for_a_load_that_fails() throws Exception {
        Cache<String> cache = withStaleValue();
        Gate sweep = there.pauseBefore("removeTagged");
        Future<?> invalidation = begin(() -> there.service().invalidateTags(TAG));
        sweep.awaitArrival();

        assertThatThrownBy(() -> cache.<RuntimeException>get(KEY, () -> {
                    throw new IllegalStateException("the source is down");
                }))
                .hasMessage("the source is down");

        sweep.open();
        outcome(invalidation);
    }

    /** The removal comes between the claim that sees the value and the takeover of its lease. */
    @Test
    @CaughtBy(PlantedFault.DELETE_FORGOTTEN)
    void a_value_that_was_removed_before_the_takeover_does_not_stand_in_for_a_load_that_fails() throws Exception {
        Cache<String> cache = withStaleValue();
        Gate taking = here.pauseBefore("takeOver");
        Future<String> load = begin(() -> cache.<RuntimeException>get(KEY, () -> {
            throw new IllegalStateException("the source is down");
        }));
        taking.awaitArrival();

        there.service().cache(CacheSpec.of("stale", String.class).build()).delete(KEY);
        taking.open();

        assertThatThrownBy(() -> outcome(load)).hasRootCauseMessage("the source is down");
    }

    private Cache<String> withStaleValue() {
        Cache<String> cache = here.service()
                .cache(CacheSpec.of("stale", String.class)
                        .ttl(Duration.ofMinutes(1))
                        .failSafe(FailSafe.DEFAULT)
                        .loadTimeout(SOFT)
                        .failOpen(false)
                        .build());
        cache.put(KEY, "stale", CallOptions.NONE.ttl(Duration.ofMillis(1)).tags(TAG));
        Awaitility.await().until(() -> cache.get(KEY) == null);
        return cache;
    }
}
