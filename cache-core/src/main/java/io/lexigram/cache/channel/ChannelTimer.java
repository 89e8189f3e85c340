package io.lexigram.cache.channel;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task again and again, one run at a time, until the future is cancelled. */
@FunctionalInterface
public interface ChannelTimer {

    Future<?> every(Duration interval, Runnable task);

    static ChannelTimer on(ScheduledExecutorService scheduler) {
        return (interval, task) ->
                scheduler.scheduleWithFixedDelay(task, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }
}
