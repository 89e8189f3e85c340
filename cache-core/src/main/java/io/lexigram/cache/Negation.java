package io.lexigram.cache;

/** The sign of a count turned round. */
final class Negation {

    private Negation() {}

    /** @throws CacheCapacityException for the one number whose opposite has more than 64 bits */
    static long of(long by) {
        if (by == Long.MIN_VALUE) {
            throw new CacheCapacityException(
                    "Subtracting " + by + " is adding a number of more than 64 bits; the counter keeps"
                            + " its value. Subtract in two steps.");
        }
        return -by;
    }
}
