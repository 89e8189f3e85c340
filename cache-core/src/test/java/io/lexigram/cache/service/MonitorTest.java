package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.event.CacheEvent.LowHitRate;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a service warns of by itself; the timer is turned by hand. */
class MonitorTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final ManualTime time = new ManualTime();
    private final HandTimer timer = new HandTimer();
    private final List<LowHitRate> told = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.lexigram.cache");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private @Nullable Level before;

    @BeforeEach
    void listen() {
        before = logger.getLevel();
        logger.setLevel(Level.WARN);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(before);
        timer.shutdownNow();
    }

    @Test
    void a_cache_that_is_seldom_hit_in_an_interval_is_told_of_by_a_line_and_an_event() {
        Cache<String> users = service(Monitoring.DEFAULT.minReads(10)).cache("users", String.class);
        look();

        read(users, 4, 6);
        look();

        assertThat(told).singleElement().satisfies(low -> {
            assertThat(low.cache()).isEqualTo("users");
            assertThat(low.backend()).isEqualTo("memory");
            assertThat(low.hitRate()).isEqualTo(0.4, within(1e-9));
            assertThat(low.reads()).isEqualTo(10);
            assertThat(low.during()).isEqualTo(INTERVAL);
        });
        assertThat(lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("'users'", "40%", "10 reads", "50%"));
    }

    @Test
    void only_the_reads_of_the_interval_count() {
        Cache<String> users = service(Monitoring.DEFAULT.minReads(10)).cache("users", String.class);
        look();
        read(users, 1_000, 0);
        look();
        assertThat(told).isEmpty();

        read(users, 0, 10);
        look();

        assertThat(told).hasSize(1);
    }

    @Test
    void the_first_reads_of_a_cache_which_is_empty_then_are_not_judged() {
        CacheService service = service(Monitoring.DEFAULT.minReads(10));
        look();
        Cache<String> late = service.cache("late", String.class);
        read(late, 0, 100);

        look();

        assertThat(told).isEmpty();
    }

    @Test
    void a_quiet_cache_is_not_judged_nor_one_that_is_hit_often_enough() {
        Cache<String> users = service(Monitoring.DEFAULT.minReads(10)).cache("users", String.class);
        look();

        read(users, 0, 9);
        look();
        read(users, 5, 5);
        look();

        assertThat(told).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void while_it_stays_low_it_is_told_of_once_an_hour() {
        Cache<String> users = service(Monitoring.DEFAULT.minReads(10)).cache("users", String.class);
        look();

        for (int i = 0; i < 13; i++) {
            read(users, 0, 10);
            look();
        }

        assertThat(told).hasSize(2);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void counts_that_were_set_to_zero_in_between_are_not_judged() {
        Cache<String> users = service(Monitoring.DEFAULT.minReads(10)).cache("users", String.class);
        read(users, 100, 100);
        look();
        users.resetStats();
        read(users, 0, 50);

        look();
        assertThat(told).isEmpty();

        read(users, 0, 50);
        look();
        assertThat(told).hasSize(1);
    }

    @Test
    void a_rate_of_zero_switches_the_warning_off_and_null_all_of_them() {
        Cache<String> users =
                service(Monitoring.DEFAULT.minReads(1).lowHitRate(0)).cache("users", String.class);
        look();
        read(users, 0, 100);
        look();
        assertThat(told).isEmpty();

        timer.tasks.clear();
        service(null).close();
        assertThat(timer.tasks).isEmpty();
    }

    @Test
    void looking_ends_with_the_service() {
        service(Monitoring.DEFAULT).close();

        assertThat(timer.cancelled).isEqualTo(1);
    }

    @Test
    void a_configured_cache_that_nothing_asks_for_is_told_of_once_with_the_name_that_may_be_meant() {
        CacheService service = service(Monitoring.DEFAULT, "prodcts", "orders");
        service.cache("products", String.class);

        look();
        look();

        assertThat(lines())
                .containsExactly(
                        "Cache 'orders' is configured, and nothing has asked for it so far. Check its name, or remove it"
                                + " from the configuration",
                        "Cache 'prodcts' is configured, and nothing has asked for it so far. Is 'products' meant, which is"
                                + " used and has no configuration?");
    }

    @Test
    void a_configured_cache_is_used_once_there_is_a_handle_or_a_key_was_asked_for() {
        CacheService service = service(Monitoring.DEFAULT, "held", "keyed");
        service.cache("held", String.class);
        service.get(CacheKey.of("1").in("keyed"), String.class);

        look();

        assertThat(lines()).isEmpty();
    }

    /** Meters and the endpoint look at every cache there is. */
    @Test
    void to_look_at_a_cache_is_not_to_use_it() {
        CacheService service = service(Monitoring.DEFAULT, "idle");
        service.find("idle").orElseThrow().stats();
        service.cleanupExpired();

        look();

        assertThat(lines()).singleElement().satisfies(line -> assertThat(line).contains("'idle'"));
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        assertThatThrownBy(() -> Monitoring.DEFAULT.lowHitRate(50)).hasMessageContaining("50.0");
        assertThatThrownBy(() -> Monitoring.DEFAULT.lowHitRate(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Monitoring.DEFAULT.minReads(0)).hasMessageContaining("minReads");
        assertThatThrownBy(() -> Monitoring.DEFAULT.interval(Duration.ZERO)).hasMessageContaining("interval");
    }

    private CacheService service(@Nullable Monitoring monitoring, String... configured) {
        LexigramCache.Builder builder = LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("memory", MemoryBackend.builder().time(time.source()).build())
                .time(time.source())
                .scheduler(timer)
                .listener(CacheEventListener.to(LowHitRate.class, told::add))
                .listenerExecutor(Runnable::run)
                .monitoring(monitoring);
        for (String name : configured) {
            builder.cache(CacheSpec.of(name, Object.class).build());
        }
        return builder.build();
    }

    private static void read(Cache<String> cache, int hits, int misses) {
        cache.put("1", "Ada");
        for (int i = 0; i < hits; i++) {
            cache.get("1");
        }
        for (int i = 0; i < misses; i++) {
            cache.get("absent");
        }
    }

    private void look() {
        time.advance(INTERVAL);
        timer.tasks.forEach(Runnable::run);
    }

    private List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Keeps what recurs and runs none of it. */
    private static final class HandTimer extends ScheduledThreadPoolExecutor {

        private final List<Runnable> tasks = new ArrayList<>();
        private int cancelled;

        private HandTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            assertThat(unit.toMillis(delay)).isEqualTo(INTERVAL.toMillis());
            tasks.add(task);
            return new Recurring(super.schedule(() -> {}, 1, TimeUnit.DAYS));
        }

        private final class Recurring implements ScheduledFuture<Object> {

            private final ScheduledFuture<?> other;

            private Recurring(ScheduledFuture<?> other) {
                this.other = other;
            }

            @Override
            public boolean cancel(boolean mayInterrupt) {
                cancelled++;
                return other.cancel(mayInterrupt);
            }

            @Override
            public boolean isCancelled() {
                return other.isCancelled();
            }

            @Override
            public boolean isDone() {
                return other.isDone();
            }

            @Override
            public @Nullable Object get() {
                throw new UnsupportedOperationException("It recurs");
            }

            @Override
            public @Nullable Object get(long timeout, TimeUnit unit) {
                throw new UnsupportedOperationException("It recurs");
            }

            @Override
            public long getDelay(TimeUnit unit) {
                return other.getDelay(unit);
            }

            @Override
            public int compareTo(java.util.concurrent.Delayed that) {
                return other.compareTo(that);
            }
        }
    }
}
