package io.lexigram.cache.backend.tiered;

/** What becomes of copies that are not known to be current, when the shared backend cannot be asked either. */
public enum OnDisconnect {
    /** They are served for a while, marked as stale, so that an outage does not become one of what is behind the cache. */
    SERVE_STALE,
    /** They are not served; loads run. */
    BYPASS
}
