package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheException;
import java.io.IOException;
import net.rubyeye.xmemcached.exception.MemcachedClientException;
import net.rubyeye.xmemcached.exception.MemcachedException;
import net.rubyeye.xmemcached.exception.MemcachedServerException;
import net.rubyeye.xmemcached.exception.UnknownCommandException;
import org.jspecify.annotations.Nullable;

/** What the client and the server say went wrong, in the words of this library. */
final class Failures {

    private Failures() {}

    static RuntimeException translate(Throwable failure) {
        if (failure instanceof CacheException || failure instanceof ArithmeticException) {
            return (RuntimeException) failure;
        }
        if (failure instanceof MemcachedServerException && says(failure, "too large")) {
            return new CacheCapacityException("Memcached refused the value: " + failure.getMessage(), failure);
        }
        if (failure instanceof MemcachedServerException
                || failure instanceof MemcachedClientException
                || failure instanceof UnknownCommandException) {
            return new CacheBackendException("Memcached refused a command: " + failure.getMessage(), failure);
        }
        if (failure instanceof MemcachedException || failure instanceof IOException) {
            return new CacheConnectionException("Memcached cannot be reached: " + failure.getMessage(), failure);
        }
        return new CacheBackendException("A command to Memcached failed: " + failure, failure);
    }

    /** Whether a number was to be added to something that the server knows no number in. */
    static boolean isNoNumber(@Nullable Throwable failure) {
        return failure instanceof CacheBackendException && says(failure, "non-numeric");
    }

    private static boolean says(Throwable failure, String words) {
        return String.valueOf(failure.getMessage()).contains(words);
    }
}
