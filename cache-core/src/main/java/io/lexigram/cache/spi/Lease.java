package io.lexigram.cache.spi;

/**
 * The right to load a key and to store what the load comes to, until somebody invalidates the key or takes the lease over.
 *
 * @param token names the lease; never 0
 * @param stamp the tick of the groups' clock before the load began; 0 where there is no such clock
 */
public record Lease(String key, long token, long stamp) {}
