/** The default {@link io.lexigram.cache.CacheService}: composes policy, loads, invalidation and backends. */
@NullMarked
package io.lexigram.cache.service;

import org.jspecify.annotations.NullMarked;
