package io.lexigram.cache;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The immutable name of one entry: a key inside an optional namespace, with the tags the entry is to carry.
 *
 * <p>Two keys are equal when namespace and key are equal; tags describe the entry, they do not name it.
 * {@link #fullKey()} is for people: {@code users} + {@code :admins:1} and {@code users::admins} + {@code 1} are different
 * keys with a different place in every backend, whatever their full keys look like.
 *
 * <pre>{@code
 * CacheKey.of("profile").in("user:123").tagged("user", "profile")
 * }</pre>
 */
public final class CacheKey {

    private final @Nullable String namespace;
    private final String key;
    private final Set<String> tags;

    private CacheKey(@Nullable String namespace, String key, Set<String> tags) {
        this.namespace = namespace;
        this.key = key;
        this.tags = tags;
    }

    /**
     * A key without namespace and tags.
     *
     * @throws CacheKeyException when the key is empty, holds a control character or an unpaired surrogate
     */
    public static CacheKey of(String key) {
        return new CacheKey(null, KeyRules.check("key", key), Set.of());
    }

    /**
     * The key of one method call: the method's name and the SHA-256 hash of its declaring class, name, parameter types
     * and arguments.
     *
     * <p>Arguments are encoded injectively before they are hashed, so {@code ("a, b", "c")} and {@code ("a", "b, c")}
     * differ. Maps and sets are encoded without regard to their order.
     *
     * @throws CacheKeyException when an argument has no injective encoding (it is no value type, collection, array,
     *     record or {@link java.io.Serializable})
     */
    public static CacheKey ofCall(Method method, @Nullable Object... args) {
        return of(CallKeys.keyOf(method, args));
    }

    /**
     * This key in a namespace.
     *
     * @throws CacheKeyException when the namespace is empty, or holds a control character or an unpaired surrogate
     */
    public CacheKey in(String namespace) {
        return new CacheKey(KeyRules.check("namespace", namespace), key, tags);
    }

    /**
     * This key with further tags.
     *
     * @throws CacheKeyException when a tag is empty, or holds a control character or an unpaired surrogate
     */
    public CacheKey tagged(String... tags) {
        Set<String> all = new LinkedHashSet<>(this.tags);
        for (String tag : tags) {
            all.add(KeyRules.check("tag", tag));
        }
        return new CacheKey(namespace, key, Collections.unmodifiableSet(all));
    }

    public @Nullable String namespace() {
        return namespace;
    }

    public String key() {
        return key;
    }

    public Set<String> tags() {
        return tags;
    }

    /** {@code namespace:key}, or {@code key} where there is no namespace. */
    public String fullKey() {
        return namespace == null ? key : namespace + ":" + key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey that && key.equals(that.key) && Objects.equals(namespace, that.namespace);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + (namespace == null ? 0 : namespace.hashCode());
    }

    @Override
    public String toString() {
        return fullKey();
    }
}
