package io.lexigram.cache.backend.redis;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers, for the few operations that block. */
record Waits(Duration patience) {

    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.translate(Failures.withoutWrapping(e));
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new CacheTimeoutException("Redis did not answer within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheBackendException("Interrupted while waiting for Redis", e);
        }
    }
}
