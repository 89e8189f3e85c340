package io.lexigram.cache.invalidate;

/** What a node knows of an entry that was stored at some stamp. */
public enum Validity {

    /** None of its groups was invalidated since. */
    VALID,

    /** One of its groups was invalidated since, or its clock is not the present one. */
    INVALID,

    /** The server must be asked. */
    UNKNOWN
}
