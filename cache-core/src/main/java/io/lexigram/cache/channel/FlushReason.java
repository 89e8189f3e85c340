package io.lexigram.cache.channel;

/** Why everything that was copied before now may be stale. */
public enum FlushReason {
    /** The subscription began, for the first time or again: what was said before was not heard. */
    SUBSCRIBED,
    /** A message was followed by others and did not come. */
    GAP,
    /** A heartbeat told of a message that did not come. */
    BEHIND,
    /** A publisher was heard for the first time after it had sent something. */
    UNKNOWN_LANE,
    /** A publisher was not heard any more, and had not said goodbye. */
    SILENT_PEER,
    /** There is another primary than before, or one less. */
    PRIMARIES_CHANGED,
    /** A publisher is registered and was never heard. */
    UNHEARD_PEER,
    /** There were more publishers or lanes than are kept in mind, and all were forgotten. */
    TOO_MANY_LANES
}
