package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheMaintenanceTest {

    private final ManualTime time = new ManualTime();
    private final CacheService service = LexigramCache.builder()
            .codec(new JsonCodec())
            .time(time.source())
            .backend("local", MemoryBackend.builder().time(time.source()).build())
            .backend("fake", new FakeBackend())
            .defaultBackend("local")
            .build();
    private final Scheduler scheduler = new Scheduler();
    private final CacheMaintenance maintenance = new CacheMaintenance(scheduler);

    @AfterEach
    void close() {
        maintenance.close();
        service.close();
    }

    @Test
    void expired_entries_leave_memory_without_being_met() {
        Cache<String> users = service.cache(CacheSpec.of("users", String.class)
                .ttl(Duration.ofSeconds(1))
                .jitter(0)
                .build());
        users.put("1", "Ada");
        maintenance.start(service, Map.of());
        time.advance(Duration.ofSeconds(2));
        assertThat(users.stats().totalEntries()).isEqualTo(1);

        scheduler.tasks.forEach(Runnable::run);

        assertThat(users.stats().totalEntries()).isZero();
    }

    @Test
    void only_backends_in_memory_are_cleaned_up_and_each_at_its_interval() {
        maintenance.start(service, Map.of());

        assertThat(scheduler.intervals).containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void an_interval_of_zero_switches_it_off() {
        Imports.runner()
                .withPropertyValues(
                        "lexigram.cache.backends.local.type=memory",
                        "lexigram.cache.backends.local.cleanup-interval=0s")
                .run(context -> {
                    maintenance.start(
                            service,
                            context.getBean(LexigramCacheProperties.class).backends());
                    assertThat(scheduler.tasks).isEmpty();
                });
    }

    @Test
    void its_thread_ends_with_it() {
        maintenance.close();

        assertThat(scheduler.isShutdown()).isTrue();
    }

    /** Keeps what is scheduled and runs none of it. */
    private static final class Scheduler extends ScheduledThreadPoolExecutor {

        private final List<Runnable> tasks = new ArrayList<>();
        private final List<Duration> intervals = new ArrayList<>();

        private Scheduler() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            tasks.add(task);
            intervals.add(Duration.of(delay, unit.toChronoUnit()));
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }
}
