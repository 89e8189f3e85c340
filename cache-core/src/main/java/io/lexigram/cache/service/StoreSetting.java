package io.lexigram.cache.service;

import io.lexigram.cache.CachePolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A setting of a policy that belongs to the store and not to a handle. */
record StoreSetting(String property, Function<CachePolicy, @Nullable Object> value) {

    private static final List<StoreSetting> ALL = List.of(
            new StoreSetting("codec", CachePolicy::codec),
            new StoreSetting("schema-version", CachePolicy::schemaVersion),
            new StoreSetting("max-entries", CachePolicy::maxEntries),
            new StoreSetting("access-tracking", CachePolicy::accessTracking),
            new StoreSetting("sensitive", CachePolicy::sensitive));

    @Nullable
    Object of(CachePolicy policy) {
        return value.apply(policy);
    }

    /** The first setting in which the policies differ. */
    static Optional<StoreSetting> differing(CachePolicy first, CachePolicy second) {
        return ALL.stream()
                .filter(setting -> !Objects.equals(setting.of(first), setting.of(second)))
                .findFirst();
    }
}
