package io.lexigram.cache.channel;

import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;

/** A timer that ticks only when the time is advanced, a quarter of a second at a time. */
public final class ManualTimer implements ChannelTimer {

    public static final Duration TICK = Duration.ofMillis(250);

    private final ManualTime time;
    private final List<Ticking> tickings = new CopyOnWriteArrayList<>();

    public ManualTimer(ManualTime time) {
        this.time = time;
    }

    @Override
    public Future<?> every(Duration interval, Runnable task) {
        if (!interval.equals(TICK)) {
            throw new IllegalArgumentException("The interval is " + interval + ", not " + TICK);
        }
        CompletableFuture<?> end = new CompletableFuture<>();
        tickings.add(new Ticking(end, task));
        return end;
    }

    public void tick() {
        time.advance(TICK);
        for (Ticking ticking : tickings) {
            if (!ticking.end.isDone()) {
                ticking.task.run();
            }
        }
    }

    private record Ticking(CompletableFuture<?> end, Runnable task) {}
}
