package io.lexigram.cache.history;

/** What a thread may do next. */
enum Step {
    /** Writes the source and then deletes the entry; only the key's owner writes its source. */
    WRITE_AND_DELETE,
    /** Writes the source and then puts its version; the source does not change while the put lasts. */
    WRITE_AND_PUT,
    GET,
    GET_OR_LOAD,
    /** A loader that adds a tag, and at times fails or wants nothing stored. */
    GET_OR_LOAD_ADAPTIVE,
    GET_OR_LOAD_ASYNC,
    GET_ALL,
    RESERVE_AND_PUT,
    DELETE,
    DELETE_PATTERN,
    DELETE_PATTERN_OF_ALL,
    INVALIDATE_TAG,
    INVALIDATE_TAG_OF_ALL,
    CLEAR,
    CLEAR_ALL
}
