package io.lexigram.cache.testing;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs what is scheduled, on the calling thread, when {@link #advance} has moved the time on to it. */
public final class ManualTimer {

    private final ManualTime time;
    private final List<Task> tasks = new CopyOnWriteArrayList<>();

    public ManualTimer(ManualTime time) {
        this.time = time;
    }

    public ScheduledExecutorService scheduler() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                ManualTimer.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "schedule" ->
                        add((Runnable) arguments[0], ((TimeUnit) arguments[2]).toNanos((Long) arguments[1]), null);
                    case "scheduleWithFixedDelay", "scheduleAtFixedRate" -> {
                        long pause = ((TimeUnit) arguments[3]).toNanos((Long) arguments[2]);
                        long first = ((TimeUnit) arguments[3]).toNanos((Long) arguments[1]);
                        yield add((Runnable) arguments[0], first, Duration.ofNanos(pause));
                    }
                    case "shutdownNow" -> List.of();
                    case "shutdown" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private ScheduledFuture<?> add(Runnable work, long delayNanos, @Nullable Duration pause) {
        Task task = new Task(work, time.now().plusNanos(delayNanos), pause);
        tasks.add(task);
        return (ScheduledFuture<?>) Proxy.newProxyInstance(
                ManualTimer.class.getClassLoader(),
                new Class<?>[] {ScheduledFuture.class, Delayed.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "cancel" -> tasks.remove(task);
                    case "isDone" -> !tasks.contains(task);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Lets time pass; each task runs at its own moment. */
    public void advance(Duration by) {
        Instant end = time.now().plus(by);
        for (Optional<Task> next = firstUntil(end); next.isPresent(); next = firstUntil(end)) {
            Task task = next.get();
            tasks.remove(task);
            if (task.due.isAfter(time.now())) {
                time.advance(Duration.between(time.now(), task.due));
            }
            if (task.pause != null) {
                tasks.add(new Task(task.work, time.now().plus(task.pause), task.pause));
            }
            task.work.run();
        }
        time.advance(Duration.between(time.now(), end));
    }

    private Optional<Task> firstUntil(Instant end) {
        return tasks.stream().filter(task -> !task.due.isAfter(end)).min(Comparator.comparing(task -> task.due));
    }

    private record Task(
            Runnable work, Instant due, @Nullable Duration pause) {}
}
