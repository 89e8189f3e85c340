package io.lexigram.cache.history;

/**
 * The values in the caches: each says where it belongs, which version of the source it shows, and what made it.
 *
 * @param origin the {@link Operation.Origin#id} of the load or put it comes from
 */
public record Stamped(String cache, String key, long version, long origin) {}
