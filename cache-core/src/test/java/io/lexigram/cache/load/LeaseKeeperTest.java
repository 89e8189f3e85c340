package io.lexigram.cache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A lease of 3 seconds; each tick is a second. */
class LeaseKeeperTest {

    private static final Lease LEASE = new Lease("k", 7, 0);

    private final List<Lease> renewed = new ArrayList<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private Runnable scheduled;
    private long pauseMillis;

    @Test
    void a_lease_is_renewed_three_times_in_its_life_for_as_long_as_its_load_runs() {
        LeaseKeeper keeper = keep(30_000);
        assertThat(pauseMillis).isEqualTo(1_000);

        ticks(5);
        assertThat(renewed).hasSize(5).containsOnly(LEASE);
        keeper.close();

        assertThat(cancelled).isTrue();
    }

    /** A loader that hangs would keep all processes from loading for ever. */
    @Test
    void a_lease_is_renewed_no_longer_than_allowed() {
        LeaseKeeper keeper = keep(10_000);

        ticks(20);

        assertThat(renewed).hasSize(10);
        assertThat(cancelled).isTrue();
        keeper.close();
    }

    private LeaseKeeper keep(long mostMillis) {
        return LeaseKeeper.keep(loads(), LEASE, scheduler(), mostMillis);
    }

    private void ticks(int count) {
        for (int i = 0; i < count && !cancelled.get(); i++) {
            scheduled.run();
        }
    }

    private SharedLoads loads() {
        return proxy(SharedLoads.class, (name, args) -> {
            if (name.equals("leaseMillis")) {
                return 3_000L;
            }
            renewed.add((Lease) args[0]);
            return null;
        });
    }

    private ScheduledExecutorService scheduler() {
        return proxy(ScheduledExecutorService.class, (name, args) -> {
            scheduled = (Runnable) args[0];
            pauseMillis = ((TimeUnit) args[3]).toMillis((Long) args[2]);
            return proxy(ScheduledFuture.class, (cancel, none) -> {
                cancelled.set(true);
                return true;
            });
        });
    }

    private <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answer.to(method.getName(), args)));
    }

    private interface Answer {
        Object to(String method, Object[] args);
    }
}
