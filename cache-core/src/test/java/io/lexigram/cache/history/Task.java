package io.lexigram.cache.history;

/**
 * One step under way.
 *
 * @param asked when it began
 */
record Task(Actor actor, Draw draw, Place place, long asked) {}
