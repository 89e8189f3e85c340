package io.lexigram.cache;

import java.time.Duration;

/**
 * A read and how it was answered.
 *
 * @param answeredBy the name of the backend (of a tier, where the backend has tiers) that answered
 * @param latency the time the read took in this process
 */
public record LookupInfo<V>(Lookup<V> lookup, String answeredBy, Duration latency) {}
