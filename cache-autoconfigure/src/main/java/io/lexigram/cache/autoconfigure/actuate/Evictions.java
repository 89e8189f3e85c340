package io.lexigram.cache.autoconfigure.actuate;

import io.lexigram.cache.Cache;
import io.lexigram.cache.Result;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Evicts, and waits for it, but not for ever. Shows faults that the cache keeps from its other callers: who clears a cache by
 * hand must know when it is not clear.
 */
final class Evictions {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int CONCURRENT = 4;

    private final Executor executor;
    private final Duration timeout;

    /** Each eviction needs a thread of the executor's. */
    Evictions(Executor executor, Duration timeout) {
        this.executor = executor;
        this.timeout = timeout;
    }

    /** Evictions in new threads, a few at one time. */
    static Evictions inThreads() {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("lexigram-cache-eviction-");
        threads.setDaemon(true);
        threads.setConcurrencyLimit(CONCURRENT);
        return new Evictions(threads, TIMEOUT);
    }

    Removal key(Cache<?> cache, String key) {
        return run(() -> cache.results().delete(key).map(existed -> Boolean.TRUE.equals(existed) ? 1L : 0L));
    }

    Removal pattern(Cache<?> cache, String pattern) {
        return run(() -> cache.results().deletePattern(pattern));
    }

    Removal tag(Cache<?> cache, String tag) {
        return run(() -> cache.results().invalidateTags(tag));
    }

    Removal all(Cache<?> cache) {
        return run(() -> cache.results().clear());
    }

    private Removal run(Supplier<Result<Long>> eviction) {
        FutureTask<Result<Long>> task = new FutureTask<>(eviction::get);
        executor.execute(task);
        try {
            return removal(task.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw new StillEvictingException(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StillEvictingException(timeout);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The eviction failed", e.getCause());
        }
    }

    private static Removal removal(Result<Long> result) {
        Long removed = result.orElseThrow();
        return new Removal(removed == null ? 0 : removed);
    }

    /** It goes on, but nobody waits for it any more. */
    static class StillEvictingException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StillEvictingException(Duration timeout) {
            super("The eviction is still under way after " + timeout.toMillis() + " ms and goes on");
        }
    }
}
