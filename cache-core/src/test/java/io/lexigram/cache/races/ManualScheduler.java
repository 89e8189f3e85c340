package io.lexigram.cache.races;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs what recurs when it is told that time has passed, on the calling thread. */
final class ManualScheduler {

    private final List<Recurring> tasks = new CopyOnWriteArrayList<>();

    ScheduledExecutorService executor() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                ManualScheduler.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "scheduleWithFixedDelay" ->
                        add((Runnable) arguments[0], ((TimeUnit) arguments[3]).toNanos((Long) arguments[2]));
                    case "shutdownNow" -> List.of();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private ScheduledFuture<?> add(Runnable task, long pauseNanos) {
        Recurring recurring = new Recurring(task, Duration.ofNanos(pauseNanos), new CompletableFuture<>());
        tasks.add(recurring);
        return (ScheduledFuture<?>) Proxy.newProxyInstance(
                ManualScheduler.class.getClassLoader(),
                new Class<?>[] {ScheduledFuture.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "cancel" -> recurring.end.complete("cancelled");
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Whether anything still recurs. */
    boolean isBusy() {
        return tasks.stream().anyMatch(Recurring::lasts);
    }

    /** Lets the pause of the tasks pass once. @return how long it is */
    Duration tick() {
        Recurring next = tasks.stream()
                .filter(Recurring::lasts)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing recurs"));
        next.task.run();
        return next.pause;
    }

    private record Recurring(Runnable task, Duration pause, CompletableFuture<String> end) {

        private boolean lasts() {
            return !end.isDone();
        }
    }
}
