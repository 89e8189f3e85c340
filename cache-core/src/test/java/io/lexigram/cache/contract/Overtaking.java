package io.lexigram.cache.contract;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Each way to overtake a load of the key {@code k} of the cache {@code texts}, whose entry will carry the tag {@code red}.
 * Those that write leave the value {@code new}.
 */
enum Overtaking {
    DELETE((service, texts) -> texts.delete("k")),
    INVALIDATE((service, texts) -> texts.invalidate("k")),
    DELETE_MANY((service, texts) -> texts.deleteMany(List.of("other", "k"))),
    PATTERN(Capability.KEY_SCAN, (service, texts) -> texts.deletePattern("k*")),
    CLEAR(Capability.KEY_SCAN, (service, texts) -> texts.clear()),
    TAG(Capability.TAGS, (service, texts) -> texts.invalidateTags("other", "red")),
    NULL((service, texts) -> service.cache(
                    CacheSpec.of("texts", String.class).cacheNulls(false).build())
            .put("k", null)),
    DELETE_AS_RESULT((service, texts) -> texts.results().delete("k").orElseThrow()),
    DELETE_ASYNC((service, texts) -> done(texts.async().delete("k"))),
    TAG_ASYNC(Capability.TAGS, (service, texts) -> done(texts.async().invalidateTags("red"))),
    SERVICE_DELETE((service, texts) -> service.delete(key())),
    SERVICE_INVALIDATE((service, texts) -> service.invalidate(key())),
    SERVICE_DELETE_MANY((service, texts) -> service.deleteMany(List.of(CacheKey.of("k"), key()))),
    SERVICE_PATTERN(Capability.KEY_SCAN, (service, texts) -> service.deletePattern("texts:?")),
    SERVICE_NAMESPACE(Capability.KEY_SCAN, (service, texts) -> service.deleteNamespace("texts")),
    SERVICE_TAG(Capability.TAGS, (service, texts) -> service.invalidateTags("red")),
    SERVICE_CLEAR(Capability.KEY_SCAN, (service, texts) -> service.clear()),
    SERVICE_CLEAR_AS_RESULT(
            Capability.KEY_SCAN, (service, texts) -> service.results().clear().orElseThrow()),
    SERVICE_CLEAR_ASYNC(
            Capability.KEY_SCAN, (service, texts) -> done(service.async().clear())),
    PUT("new", (service, texts) -> texts.put("k", "new")),
    PUT_MANY("new", (service, texts) -> texts.putMany(Map.of("k", "new"))),
    PUT_IF_ABSENT("new", (service, texts) -> texts.putIfAbsent("k", "new")),
    PUT_ASYNC("new", (service, texts) -> done(texts.async().put("k", "new"))),
    SERVICE_PUT("new", (service, texts) -> service.put(key(), "new")),
    PUT_AND_DELETE((service, texts) -> {
        texts.put("k", "new");
        texts.delete("k");
    });

    private final @Nullable Capability needed;
    private final @Nullable String left;
    private final BiConsumer<CacheService, Cache<String>> action;

    Overtaking(BiConsumer<CacheService, Cache<String>> action) {
        this(null, null, action);
    }

    Overtaking(Capability needed, BiConsumer<CacheService, Cache<String>> action) {
        this(needed, null, action);
    }

    Overtaking(String left, BiConsumer<CacheService, Cache<String>> action) {
        this(null, left, action);
    }

    Overtaking(@Nullable Capability needed, @Nullable String left, BiConsumer<CacheService, Cache<String>> action) {
        this.needed = needed;
        this.left = left;
        this.action = action;
    }

    /** What the backend must be able to do for it; empty for what every backend can. */
    Capability[] needed() {
        return needed == null ? new Capability[0] : new Capability[] {needed};
    }

    /** The value that the key has afterwards, or null where it has none. */
    @Nullable
    String left() {
        return left;
    }

    void run(CacheService service, Cache<String> texts) {
        action.accept(service, texts);
    }

    private static void done(CompletionStage<?> stage) {
        Together.outcome(stage.toCompletableFuture());
    }

    private static CacheKey key() {
        return CacheKey.of("k").in("texts");
    }
}
