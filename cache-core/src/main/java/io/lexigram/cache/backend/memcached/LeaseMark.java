package io.lexigram.cache.backend.memcached;

/**
 * The key beside a value under which a mark lives as long as the lease that lies in the value. Without a lease in the value
 * a mark says nothing.
 */
final class LeaseMark {

    /** What no key of an entry ends with. */
    private static final String SUFFIX = "%l";

    static final int LENGTH = SUFFIX.length();

    static final byte[] VALUE = {'1'};

    private LeaseMark() {}

    static String of(String key) {
        return key + SUFFIX;
    }
}
