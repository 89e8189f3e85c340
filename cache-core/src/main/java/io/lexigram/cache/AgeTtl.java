package io.lexigram.cache;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lifetime that grows with the age of the value: what has not changed for long is unlikely to change soon. The age comes
 * from {@link LoadContext#lastUpdated} or {@link CallOptions#lastUpdated}; without it the lifetime is that of the cache.
 *
 * @param alpha the lifetime as a part of the age
 * @param min the shortest lifetime
 * @param max the longest lifetime
 */
public record AgeTtl(double alpha, Duration min, Duration max) {

    /** A tenth of the age, but at least 30 seconds and at most an hour. */
    public static final AgeTtl DEFAULT = new AgeTtl(0.1, Duration.ofSeconds(30), Duration.ofHours(1));

    private static final MathContext TWO_DIGITS_UP = new MathContext(2, RoundingMode.CEILING);

    /** @throws IllegalArgumentException when alpha or min is not above zero, or max is shorter than min */
    public AgeTtl {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "alpha is " + alpha + " but must be a number above 0; 0.1 lives for a tenth of the age");
        }
        Durations.longerThanZero("min of the age ttl", min);
        if (max.compareTo(min) < 0) {
            throw new IllegalArgumentException(
                    "max of the age ttl is " + max + " but must not be shorter than min, which is " + min);
        }
    }

    /**
     * The lifetime of a value: {@code alpha} times its age, within {@code min} and {@code max}, and rounded up to two
     * significant digits as far as {@code max} allows. A value that was updated after now has no age.
     *
     * @param lastUpdated when the value last changed at its source; null where this is not known
     * @param otherwise the lifetime of a value of unknown age; null is one that never expires
     */
    public @Nullable Duration ttl(@Nullable Instant lastUpdated, Instant now, @Nullable Duration otherwise) {
        if (lastUpdated == null) {
            return otherwise;
        }
        BigDecimal part = seconds(Duration.between(lastUpdated, now)).multiply(BigDecimal.valueOf(alpha));
        BigDecimal longest = seconds(max);
        BigDecimal rounded = part.max(seconds(min)).min(longest).round(TWO_DIGITS_UP);
        return rounded.compareTo(longest) >= 0 ? max : duration(rounded);
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    /** Whole nanoseconds, rounded up: alpha may be given to many digits. */
    private static Duration duration(BigDecimal seconds) {
        BigDecimal nanos = seconds.setScale(9, RoundingMode.CEILING).movePointRight(9);
        long whole = seconds.longValue();
        return Duration.ofSeconds(
                whole,
                nanos.subtract(BigDecimal.valueOf(whole).movePointRight(9)).longValue());
    }
}
