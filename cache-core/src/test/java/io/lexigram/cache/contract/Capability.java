package io.lexigram.cache.contract;

/** What one backend can do and another cannot. A law that needs what there is not is skipped by an assumption. */
public enum Capability {
    /** Time passes when the fixture is told so, and not otherwise. */
    MANUAL_CLOCK,
    /** Lifetimes are kept to the millisecond, not to the second. */
    MILLISECOND_TTL,
    /** Entries whose time is over stay in memory until they are cleaned up, and are counted then. */
    HOLDS_EXPIRED,
    /** Keys can be enumerated: patterns, namespaces and clear. */
    KEY_SCAN,
    /** Entries can be found by tag. */
    TAGS,
    /** Counters can be added to atomically. */
    COUNTERS,
    /** The number of entries is known without a scan. */
    ENTRY_COUNT,
    /** Reads can be noted in the entry, if only some of them and late. */
    ACCESS_MARKS,
    /** Every read that is to be noted is, at once. */
    EXACT_ACCESS,
    /** What is stored is bytes, and the fixture can reach them behind the cache's back. */
    RAW_BYTES,
    /** Values can be kept by version. */
    VERSIONS,
    /** Two backends of one partition are two nodes on one store. */
    SHARED
}
