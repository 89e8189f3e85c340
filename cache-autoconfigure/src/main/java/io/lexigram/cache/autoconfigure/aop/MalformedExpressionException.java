package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** A text that is no expression of its method; the message is the end of a sentence. */
final class MalformedExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedExpressionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
