package io.lexigram.cache;

/**
 * A key and one of the versions of its value.
 *
 * @param <K> {@link String} in a {@link Cache}, {@link CacheKey} in a {@link CacheService}
 */
public record VersionedKey<K>(K key, String version) {

    /** The greatest length of a version. */
    public static final int MAX_VERSION_LENGTH = 128;

    /**
     * @throws CacheVersionException when the version is empty, has more than {@value #MAX_VERSION_LENGTH} characters, or control
     *     characters
     */
    public VersionedKey {
        check(version);
    }

    public static <K> VersionedKey<K> of(K key, String version) {
        return new VersionedKey<>(key, version);
    }

    private static void check(String version) {
        try {
            KeyRules.check("version", version);
        } catch (CacheKeyException e) {
            throw new CacheVersionException(String.valueOf(e.getMessage()));
        }
        if (version.length() > MAX_VERSION_LENGTH) {
            throw new CacheVersionException("A version of %d characters is longer than %d. Use a hash of it."
                    .formatted(version.length(), MAX_VERSION_LENGTH));
        }
    }
}
