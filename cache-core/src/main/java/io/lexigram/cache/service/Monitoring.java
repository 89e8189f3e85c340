package io.lexigram.cache.service;

import java.time.Duration;

/**
 * What a service has an eye on by itself, once an interval: caches that are seldom hit, and, after the first interval, caches
 * that are configured and that nothing has asked for.
 *
 * @param lowHitRate which part of an interval's reads are hits at least, from 0 to 1; 0 for none
 * @param minReads how many reads an interval has at least whose hit rate says something
 */
public record Monitoring(double lowHitRate, long minReads, Duration interval) {

    public static final Monitoring DEFAULT = new Monitoring(0.5, 1_000, Duration.ofMinutes(5));

    /** @throws IllegalArgumentException when a value is out of range */
    public Monitoring {
        if (!(lowHitRate >= 0 && lowHitRate <= 1)) {
            throw new IllegalArgumentException("lowHitRate is " + lowHitRate + " but must be from 0 to 1");
        }
        if (minReads < 1) {
            throw new IllegalArgumentException("minReads is " + minReads + " but must be at least 1");
        }
        if (interval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("interval is " + interval + " but must be at least 1 ms");
        }
    }

    public Monitoring lowHitRate(double lowHitRate) {
        return new Monitoring(lowHitRate, minReads, interval);
    }

    public Monitoring minReads(long minReads) {
        return new Monitoring(lowHitRate, minReads, interval);
    }

    public Monitoring interval(Duration interval) {
        return new Monitoring(lowHitRate, minReads, interval);
    }
}
