package io.lexigram.cache.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What a DELETE answers.
 *
 * @param removed how many live entries there were
 */
public record Removal(long removed) implements OperationResponseBody {}
