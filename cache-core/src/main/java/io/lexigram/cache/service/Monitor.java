package io.lexigram.cache.service;

import java.lang.ref.WeakReference;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at a service at intervals, until it is closed or nobody has it any more. */
final class Monitor implements Runnable {

    private final WeakReference<Directory> watched;
    private final HitRates hitRates;
    private volatile @Nullable Future<?> recurring;
    private boolean looked;

    private Monitor(Directory directory, Monitoring settings) {
        this.watched = new WeakReference<>(directory);
        this.hitRates = new HitRates(
                settings, directory.engine().events(), directory.engine().time());
    }

    static void start(Directory directory, Monitoring settings, ScheduledExecutorService scheduler) {
        Monitor monitor = new Monitor(directory, settings);
        long nanos = settings.interval().toNanos();
        try {
            Future<?> recurring = scheduler.scheduleWithFixedDelay(monitor, nanos, nanos, TimeUnit.NANOSECONDS);
            monitor.recurring = recurring;
            directory.beforeClose(() -> recurring.cancel(false));
        } catch (RejectedExecutionException e) {
            // A timer that has ended was given for what is due at a time: nothing is.
        }
    }

    @Override
    public void run() {
        Directory directory = watched.get();
        Future<?> self = recurring;
        if (directory == null) {
            if (self != null) {
                self.cancel(false);
            }
            return;
        }
        hitRates.look(directory.regions().all());
        if (!looked) {
            looked = true;
            UnusedCaches.tellOf(directory);
        }
    }
}
