package io.lexigram.cache.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** Why there is no other answer. */
public record Problem(String message) implements OperationResponseBody {}
