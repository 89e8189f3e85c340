package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The keys beside an entry's, as {@link io.lexigram.cache.codec.KeyCodec} has them, but with a hash in the place of a version:
 * that may be longer than Memcached's keys, and have blanks in it.
 */
final class VersionKeys {

    /** The end of an entry's key, and what a version's goes on with. */
    private static final String VALUE = "}%b";

    private static final String VERSIONS = "%v";
    private static final int DIGEST_BYTES = 16;
    private static final int HASH_LENGTH = 22;

    /** How much longer than its entry's key the key of a version is. */
    static final int LENGTH = VALUE.length() - 1 + HASH_LENGTH;

    private VersionKeys() {}

    /** The key of a version with its hash; any other as it is. */
    static String shortened(String key) {
        int at = valueAt(key);
        return at < 0 ? key : key.substring(0, at) + hash(key.substring(at));
    }

    /** Whether a key that is not shortened is that of a version. */
    static boolean isValue(String key) {
        return valueAt(key) >= 0;
    }

    /** The key of the entry of a version. */
    static String entryOf(String key) {
        return key.substring(0, key.indexOf('}') + 1);
    }

    /** The version that a key which is not shortened names. */
    static String versionOf(String key) {
        return key.substring(valueAt(key));
    }

    /** The key of a version. */
    static String valueOf(String entry, String version) {
        return entry + VALUE.substring(1) + hash(version);
    }

    /** The key of what is known of the versions of an entry. */
    static String versionsOf(String entry) {
        return entry + VERSIONS;
    }

    private static int valueAt(String key) {
        int end = key.indexOf('}');
        return end >= 0 && key.startsWith(VALUE, end) ? end + VALUE.length() : -1;
    }

    private static String hash(String version) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(version.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
