package io.lexigram.cache.autoconfigure;

/** How a read on Redis finds out which tags and caches were invalidated. */
public enum GroupCheck {
    /** It asks for their clock, in the same round trip. */
    EXACT,
    /** It takes the clock that messages have told. There is no such check yet. */
    CHANNEL,
    /** As {@link #EXACT}. */
    AUTO
}
