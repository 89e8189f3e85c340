package io.lexigram.cache.spi;

/** Why an entry left a store. */
public enum RemovalCause {
    /** Its lifetime ended. */
    EXPIRED,
    /** Room was needed. */
    SIZE,
    /** Somebody removed it. */
    EXPLICIT,
    /** Another value took its place. */
    REPLACED
}
