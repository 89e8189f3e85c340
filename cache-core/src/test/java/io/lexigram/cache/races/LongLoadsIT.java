package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.history.PlantedFault;
import io.lexigram.cache.service.Protection;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Loads that last longer than a lease lives, which is five seconds. Time passes at each tick of the scheduler; as the server's
 * clock does not know that, the lease is given a long life before each, which a renewal shortens.
 */
class LongLoadsIT extends Races {

    private static final long LEASE_MILLIS = 5_000;
    private static final Duration LONG = Duration.ofHours(1);

    private final ManualScheduler scheduler = new ManualScheduler();

    /** Consistency 5.9: a loader of 40 seconds. */
    @Test
    @CaughtBy(PlantedFault.RENEWAL_FORGOTTEN)
    void a_lease_is_kept_while_its_loader_runs_for_forty_seconds() throws Exception {
        means = means(Duration.ofSeconds(60));
        Node holder = node();
        means = Means.PATIENT;
        Node patient = node();
        try (Held held = new Held(prefix, fault)) {
            Gate loading = gate("loader");
            Future<String> load = begin(() -> holder.get(KEY, () -> loading.pass("value")));
            loading.awaitArrival();
            long token = held.token();
            Gate waiting = patient.pauseAfter("announceWaiter");
            Future<String> waiter = begin(() -> patient.get(KEY, () -> "loaded twice"));
            waiting.expectArrival();
            waiting.open();

            for (Duration past = Duration.ZERO; past.toSeconds() < 40; ) {
                held.live(LONG);
                Gate renewed = holder.pauseAfter("renew");
                past = past.plus(scheduler.tick());
                renewed.expectArrival();
                renewed.open();
                assertThat(held.millisLeft()).as("after %s", past).isBetween(1L, LEASE_MILLIS);
                assertThat(held.token()).isEqualTo(token);
            }
            loading.open();

            assertThat(outcome(load)).isEqualTo("value");
            assertThat(outcome(waiter)).isEqualTo("value");
            assertThat(scheduler.isBusy()).isFalse();
        }
    }

    /** A loader that hangs. */
    @Test
    @CaughtBy(PlantedFault.FILL_WITHOUT_COMPARE)
    void a_lease_is_not_renewed_past_its_bound_and_its_holder_stores_nothing_after_the_takeover() throws Exception {
        means = means(Duration.ofSeconds(30));
        Node holder = node();
        try (Held held = new Held(prefix, fault)) {
            Gate loading = gate("loader");
            Future<String> load = begin(() -> holder.get(KEY, () -> loading.pass("old")));
            loading.awaitArrival();

            Duration past = Duration.ZERO;
            while (scheduler.isBusy()) {
                held.live(LONG);
                past = past.plus(scheduler.tick());
            }
            assertThat(past).isBetween(Duration.ofSeconds(30), Duration.ofMillis(30_000 + LEASE_MILLIS));
            held.live(Duration.ofMillis(1));

            assertThat(there.get(KEY, () -> "new")).isEqualTo("new");
            loading.open();
            assertThat(outcome(load)).isEqualTo("old");
            assertThat(here.stored(KEY)).isEqualTo("new");
        }
    }

    private Means means(Duration lockTtl) {
        Protection usual = Protection.DEFAULT;
        return Means.of(new Protection(
                        true,
                        Duration.ofMinutes(10),
                        lockTtl,
                        usual.retryInterval(),
                        usual.onWaitTimeout(),
                        usual.strategy()))
                .scheduler(scheduler.executor());
    }
}
