package io.lexigram.cache.autoconfigure.actuate;

/** The keys of a cache that is marked sensitive are asked for. */
class HiddenKeysException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HiddenKeysException(String cache) {
        super("The cache " + cache + " is sensitive: its keys are not shown");
    }
}
