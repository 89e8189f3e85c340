package io.lexigram.cache.service;

import static java.util.Objects.requireNonNull;

import io.lexigram.cache.invalidate.Glob;
import io.lexigram.cache.invalidate.Journal;
import io.lexigram.cache.invalidate.Undelivered;
import io.lexigram.cache.invalidate.Undelivered.Delivery;
import io.lexigram.cache.invalidate.Undelivered.Scope;
import io.lexigram.cache.spi.CacheBackend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each backend what it could not be told, again and again at growing intervals until it has got it. */
final class Redelivery {

    private static final Logger log = LoggerFactory.getLogger("io.lexigram.cache");
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    /** Between two looks at a backend that may lose what is in the journal. A loss is noticed by those who use the backend. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ScheduledExecutorService scheduler;
    private final Executor executor;
    private final int max;
    private final LongSupplier ticker;
    private final ConcurrentHashMap<String, Undelivered> byBackend = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Journal> journals = new ConcurrentHashMap<>();
    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private final Map<String, CacheBackend> watched = new ConcurrentHashMap<>();
    private final Set<String> looking = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param ticker nanoseconds */
    Redelivery(ScheduledExecutorService scheduler, Executor executor, int max, LongSupplier ticker) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.max = max;
        this.ticker = ticker;
    }

    Undelivered of(String backend) {
        return byBackend.computeIfAbsent(backend, name -> new Undelivered(max));
    }

    /** Keeps a journal for each backend that may lose what it has confirmed. To be called once, before anything is invalidated. */
    void watch(Map<String, CacheBackend> backends) {
        backends.forEach((name, backend) -> {
            if (backend.onLoss(() -> replay(name))) {
                watched.put(name, backend);
                journals.put(name, new Journal(max, ticker, () -> look(name)));
            }
        });
    }

    /** What was invalidated of late on this backend; null where it loses nothing, or does not notice. */
    @Nullable
    Journal journal(String backend) {
        return journals.get(backend);
    }

    /** Uses the backend every second for as long as there is something in its journal. */
    private void look(String backend) {
        if (!closed && looking.add(backend)) {
            try {
                var unused = scheduler.schedule(
                        () -> executor.execute(() -> lookNow(backend)), LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The service is closed.
            }
        }
    }

    private void lookNow(String backend) {
        try {
            Duration unused = requireNonNull(watched.get(backend)).ping(LOOK);
        } catch (RuntimeException e) {
            log.debug("Backend '{}' does not answer", backend, e);
        }
        looking.remove(backend);
        if (!requireNonNull(journals.get(backend)).isEmpty()) {
            look(backend);
        }
    }

    /** From here on, and until it is delivered again, what was invalidated of late counts as absent on this node. */
    private void replay(String backend) {
        Journal journal = journals.get(backend);
        int count = journal == null ? 0 : journal.replay(of(backend));
        log.info("Backend '{}' may have lost what it had confirmed; {} invalidations are made again", backend, count);
        if (count > 0) {
            start(backend);
            retry(backend);
        }
    }

    /** How many invalidations wait, of all backends. */
    long pending() {
        return byBackend.values().stream().mapToLong(Undelivered::size).sum();
    }

    /** Notes an invalidation of all caches of a backend that is about to be made. */
    void note(String name, List<Scope> scopes, @Nullable Glob glob, Delivery delivery, CacheBackend backend) {
        Journal journal = journals.get(name);
        if (journal != null) {
            Delivery everything = none -> backend.clear();
            scopes.forEach(scope -> journal.add(scope, glob, delivery, everything, everything));
        }
    }

    /** Keeps an invalidation of all caches of a backend. */
    void keep(String name, List<Scope> scopes, @Nullable Glob glob, Delivery delivery, CacheBackend backend) {
        Delivery everything = none -> backend.clear();
        scopes.forEach(scope -> of(name).add(scope, glob, delivery, everything, everything));
        start(name);
    }

    void start(String backend) {
        if (started.add(backend)) {
            schedule(backend, FIRST_PAUSE_MILLIS);
        }
    }

    /** Tries at once, beside the attempts that are scheduled. */
    void retry(String backend) {
        Undelivered undelivered = of(backend);
        if (undelivered.isEmpty()) {
            return;
        }
        try {
            executor.execute(() -> attempt(undelivered));
        } catch (RejectedExecutionException e) {
            // The service is closed.
        }
    }

    /** Tries a last time, all backends at once, and returns when they are told or this time is over. */
    void finish(Duration limit) {
        closed = true;
        CountDownLatch told = new CountDownLatch(byBackend.size());
        byBackend.values().forEach(undelivered -> {
            if (undelivered.isEmpty()) {
                told.countDown();
            } else {
                lastAttempt(undelivered, told);
            }
        });
        try {
            boolean inTime = told.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (!inTime || pending() > 0) {
                log.warn("{} cache invalidations could not be delivered before the cache was closed", pending());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lastAttempt(Undelivered undelivered, CountDownLatch told) {
        try {
            executor.execute(() -> {
                try {
                    undelivered.deliverLast();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    log.debug("A last attempt to deliver invalidations failed", e);
                } finally {
                    told.countDown();
                }
            });
        } catch (RejectedExecutionException e) {
            told.countDown();
        }
    }

    private static void attempt(Undelivered undelivered) {
        try {
            undelivered.deliver();
        } catch (RuntimeException e) {
            // The next attempt follows.
        }
    }

    private void schedule(String backend, long pauseMillis) {
        try {
            var unused = scheduler.schedule(
                    () -> executor.execute(() -> run(backend, pauseMillis)), pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The service is closed, and with it all that this node knows.
        }
    }

    private void run(String backend, long pauseMillis) {
        Undelivered undelivered = of(backend);
        attempt(undelivered);
        started.remove(backend);
        if (!undelivered.isEmpty() && started.add(backend)) {
            schedule(backend, Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS));
        }
    }
}
