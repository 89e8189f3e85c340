package io.lexigram.cache;

import java.time.Duration;

/**
 * A read and how it was answered.
 *
 * @param answeredBy the name of the backend that answered; where it has tiers with {@code .l1} for a copy in this process behind
 *     it, or {@code .l2}
 * @param latency the time the read took in this process
 */
public record LookupInfo<V>(Lookup<V> lookup, String answeredBy, Duration latency) {}
