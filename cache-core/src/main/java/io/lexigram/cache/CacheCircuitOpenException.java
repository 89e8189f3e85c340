package io.lexigram.cache;

/**
 * The circuit breaker of a backend refused a call: the backend has failed or been slow, and was not asked. The call had no
 * effect.
 *
 * <p>It has no stack trace: there may be very many while a backend is out of reach.
 */
public class CacheCircuitOpenException extends CacheConnectionException {

    private static final long serialVersionUID = 1L;

    public CacheCircuitOpenException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
