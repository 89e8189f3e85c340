package io.lexigram.cache.backend.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisReadOnlyException;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.CacheTimeoutException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What Lettuce and the server say went wrong, in the words of this library. */
final class Failures {

    private static final String WRONG_TYPE = "WRONGTYPE";

    private Failures() {}

    static Throwable withoutWrapping(Throwable failure) {
        Throwable result = failure;
        while ((result instanceof CompletionException || result instanceof ExecutionException)
                && result.getCause() != null) {
            result = result.getCause();
        }
        return result;
    }

    static boolean isTimeout(Throwable failure) {
        return failure instanceof RedisCommandTimeoutException;
    }

    /** Whether, in a cluster, another node may have what was asked for. */
    static boolean isReachedElsewhere(Throwable failure) {
        return isTimeout(failure) || isLostConnection(failure) || says(failure, "CLUSTERDOWN");
    }

    static boolean isReadOnly(Throwable failure) {
        return failure instanceof RedisReadOnlyException;
    }

    /** Whether the server takes no writes at the moment, but reads. */
    static boolean isWriteRefused(Throwable failure) {
        return isReadOnly(failure) || says(failure, "OOM ") || says(failure, "NOREPLICAS") || says(failure, "MISCONF");
    }

    /** Whether the user may not use the command, or nobody may. */
    static boolean isNotPermitted(Throwable failure) {
        return says(failure, "NOPERM") || says(failure, "unknown command");
    }

    /** Whether the server did not understand a command of this form. */
    static boolean isSyntax(Throwable failure) {
        return says(failure, "syntax error");
    }

    /** Whether, in a cluster, only some of the keys have moved to the node that will have their slot. */
    static boolean isOnItsWay(Throwable failure) {
        return says(failure, "TRYAGAIN");
    }

    /** Whether the server said that the key holds no string. */
    static boolean isWrongType(Throwable failure) {
        return says(failure, WRONG_TYPE);
    }

    /** As {@link #isWrongType(Throwable)}, in the words of the server. */
    static boolean isWrongType(String message) {
        return message.contains(WRONG_TYPE);
    }

    /** The answer, or another where the key holds no string. */
    static <T> CompletableFuture<T> orIfNoString(CompletionStage<T> answer, T otherwise) {
        return answer.exceptionallyCompose(failure -> isWrongType(withoutWrapping(failure))
                        ? CompletableFuture.completedFuture(otherwise)
                        : CompletableFuture.failedFuture(failure))
                .toCompletableFuture();
    }

    /** What the failure of a command means. What is no failure of the client stays as it is. */
    static RuntimeException translate(Throwable failure) {
        if (failure instanceof CacheException || failure instanceof ArithmeticException) {
            return (RuntimeException) failure;
        }
        if (isTimeout(failure)) {
            return new CacheTimeoutException("Redis did not answer in time: " + failure.getMessage(), failure);
        }
        if (failure instanceof RedisCommandExecutionException) {
            return new CacheBackendException("Redis refused a command: " + failure.getMessage(), failure);
        }
        if (isLostConnection(failure)) {
            return new CacheConnectionException("The connection to Redis was lost: " + reason(failure), failure);
        }
        return new CacheBackendException("A command to Redis failed: " + reason(failure), failure);
    }

    /** The answer to an increment, whose failures have meanings of their own. */
    static <T> CompletionStage<T> ofIncrement(CompletionStage<T> answer, long by) {
        return answer.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(translateIncrement(withoutWrapping(failure), by)));
    }

    private static Throwable translateIncrement(Throwable failure, long by) {
        if (says(failure, "would overflow")) {
            return new ArithmeticException("The counter plus " + by + " leaves the 64 bits of a long");
        }
        if (says(failure, "not an integer") || isWrongType(failure)) {
            return new CacheSerializationException("The key holds a value that is no counter", failure);
        }
        return failure;
    }

    /** The message of the innermost cause: a failed connect hides there what the server said. */
    static String reason(Throwable failure) {
        Throwable cause = withoutWrapping(failure);
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static boolean isLostConnection(Throwable failure) {
        return failure instanceof RedisConnectionException
                || failure instanceof CancellationException
                || failure instanceof IOException
                || failure instanceof RedisException && mentionsConnection(failure.getMessage());
    }

    private static boolean mentionsConnection(@Nullable String message) {
        return message != null && message.toLowerCase(Locale.ROOT).contains("connect");
    }

    private static boolean says(Throwable failure, String words) {
        return failure instanceof RedisCommandExecutionException
                && String.valueOf(failure.getMessage()).contains(words);
    }
}
