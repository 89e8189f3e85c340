package io.lexigram.cache.history;

/** A key of a cache. */
record Place(String cache, String key) {

    @Override
    public String toString() {
        return cache + ":" + key;
    }
}
