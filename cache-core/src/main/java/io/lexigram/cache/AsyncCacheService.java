package io.lexigram.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The operations of a {@link CacheService} without waiting; see {@link AsyncCache}. */
public interface AsyncCacheService {

    <V> CompletionStage<@Nullable V> get(CacheKey key, TypeRef<V> type);

    <V> CompletionStage<@Nullable V> get(CacheKey key, TypeRef<V> type, AsyncLoader<V> loader, CallOptions options);

    <V> CompletionStage<Lookup<V>> lookup(CacheKey key, TypeRef<V> type);

    <V> CompletionStage<BatchResult<V>> getMany(Collection<CacheKey> keys, TypeRef<V> type);

    CompletionStage<@Nullable Void> put(CacheKey key, @Nullable Object value, CallOptions options);

    CompletionStage<Boolean> putIfAbsent(CacheKey key, @Nullable Object value, CallOptions options);

    CompletionStage<@Nullable Void> putMany(Map<CacheKey, ? extends @Nullable Object> values, CallOptions options);

    CompletionStage<Boolean> delete(CacheKey key);

    CompletionStage<Long> deleteMany(Collection<CacheKey> keys);

    CompletionStage<Long> invalidateTags(String... tags);

    CompletionStage<Long> deletePattern(String pattern);

    CompletionStage<Long> deleteNamespace(String namespace);

    CompletionStage<Long> clear();

    CompletionStage<Boolean> exists(CacheKey key);

    CompletionStage<Boolean> expire(CacheKey key, Duration ttl);

    CompletionStage<Optional<Duration>> ttl(CacheKey key);

    CompletionStage<Long> increment(CacheKey key, long by);

    CompletionStage<Long> decrement(CacheKey key, long by);

    /** As {@link CacheService#counter}. */
    AsyncCounter counter(String name);

    CompletionStage<CacheHealth> healthCheck(Duration timeout);
}
