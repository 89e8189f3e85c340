package io.lexigram.cache.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The physical keys of a backend that stores bytes: {@code prefix:namespace:{key}}, and {@code prefix:{key}} without a
 * namespace.
 *
 * <p>In prefix and namespace {@code %}, <code>:</code>, <code>{</code> and <code>}</code> are percent-encoded, in the key
 * {@code %} and <code>}</code>. So no two keys share a physical key, no namespace's prefix begins another's, and the braces
 * are a Redis hash tag that holds the whole key.
 *
 * <p>A physical key over the limit is shortened to the beginning of its key, {@code %~} and the key's SHA-256 hash in
 * base64url; an escaped key never holds {@code %~}.
 *
 * <p>What belongs to the versions of an entry follows the closing brace of its key, and is in the slot of its hash tag.
 */
public final class KeyCodec {

    /** The usual limit of a physical key, in bytes. */
    public static final int MAX_BYTES = 512;

    private static final int READABLE_BYTES = 100;
    private static final int HASH_BYTES = 43;
    /** What a shortened key has beyond its readable part: the mark, the hash and the closing brace. */
    private static final int HASHED_OVERHEAD = 2 + HASH_BYTES + 1;

    private static final String BASE64_URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** What follows the key of an entry; a script that removes versions has the same. */
    private static final String VERSION = "%b";

    private static final String VERSIONS = "%v";

    private static final String PART_CHARACTERS = "%:{}";
    private static final String KEY_CHARACTERS = "%}";

    private final Escaping partEscaping;
    private final Escaping keyEscaping;
    private final byte[] prefix;
    private final int maxBytes;

    /** Keys of up to {@link #MAX_BYTES}. */
    public KeyCodec(String prefix) {
        this(prefix, MAX_BYTES);
    }

    /**
     * @param prefix what sets the keys of one application apart; may be empty
     * @param maxBytes the limit of a physical key
     * @throws CacheConfigurationException when the prefix leaves no room for a key
     */
    public KeyCodec(String prefix, int maxBytes) {
        this(prefix, maxBytes, "");
    }

    private KeyCodec(String prefix, int maxBytes, String escaped) {
        this.partEscaping = new Escaping(PART_CHARACTERS + escaped);
        this.keyEscaping = new Escaping(KEY_CHARACTERS + escaped);
        this.prefix = concat(partEscaping.escape("key prefix", prefix), ":");
        this.maxBytes = maxBytes;
        if (this.prefix.length + 1 + HASHED_OVERHEAD > maxBytes) {
            throw new CacheConfigurationException(
                    "key-prefix",
                    prefix,
                    "it takes %d of the %d bytes of a key and a shortened key needs %d more; write a shorter one"
                            .formatted(this.prefix.length, maxBytes, 1 + HASHED_OVERHEAD));
        }
    }

    /**
     * Keys of up to {@code maxBytes} that hold neither blanks nor ASCII control characters, for servers that end a key there.
     *
     * @throws CacheConfigurationException when the prefix leaves no room for a key
     */
    public static KeyCodec withoutBlanks(String prefix, int maxBytes) {
        StringBuilder characters = new StringBuilder().append((char) 0x7f);
        for (char c = 0; c <= ' '; c++) {
            characters.append(c);
        }
        return new KeyCodec(prefix, maxBytes, characters.toString());
    }

    /** What every physical key begins with, auxiliary ones included. */
    public byte[] prefix() {
        return prefix.clone();
    }

    /**
     * What the physical keys of one namespace, and no others, begin with.
     *
     * @param namespace the namespace; empty for keys without one
     */
    public byte[] namespacePrefix(String namespace) {
        return namespace.isEmpty()
                ? concat(prefix, "{")
                : concat(concat(prefix, partEscaping.escape("namespace", namespace)), ":{");
    }

    /**
     * The physical key of an entry.
     *
     * @throws CacheKeyException when the key is empty or has no UTF-8 form, or the namespace leaves no room for it
     */
    public byte[] encode(String namespace, String key) {
        return encode(namespacePrefix(namespace), key);
    }

    /** The physical key of an entry whose {@link #namespacePrefix} is at hand. */
    public byte[] encode(byte[] namespacePrefix, String key) {
        if (key.isEmpty()) {
            throw new CacheKeyException("The key is empty. Give it at least one character.");
        }
        byte[] escaped = keyEscaping.escape("key", key);
        byte[] part = namespacePrefix.length + escaped.length + 1 <= maxBytes
                ? escaped
                : hashed(escaped, key, readableBytes(namespacePrefix));
        byte[] physical = Arrays.copyOf(namespacePrefix, namespacePrefix.length + part.length + 1);
        System.arraycopy(part, 0, physical, namespacePrefix.length, part.length);
        physical[physical.length - 1] = '}';
        return physical;
    }

    /**
     * What the physical keys of all keys begin with that begin with a literal text; so do some others, namely those that
     * differ from the text only beyond its first {@value #READABLE_BYTES} bytes.
     */
    public byte[] scanPrefix(String namespace, String literal) {
        byte[] begin = namespacePrefix(namespace);
        int end = literal.length();
        boolean half = end > 0 && Character.isHighSurrogate(literal.charAt(end - 1));
        byte[] escaped = keyEscaping.escape("beginning of a key", half ? literal.substring(0, end - 1) : literal);
        int room = Math.max(0, Math.min(READABLE_BYTES, maxBytes - begin.length - HASHED_OVERHEAD));
        return concat(begin, Arrays.copyOf(escaped, Escaping.cut(escaped, room)));
    }

    /**
     * A key for what a backend keeps beside the entries, such as an index. It is never the key of an entry, and
     * {@link #decode} answers null for it. It is not shortened.
     *
     * @param kind one or more lower-case letters
     */
    public byte[] auxiliary(String kind, String name) {
        if (kind.isEmpty() || !kind.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            throw new IllegalArgumentException("kind is '" + kind + "' but must be lower-case letters a-z");
        }
        byte[] begin = concat(concat(prefix, "%" + kind), ":{");
        return concat(concat(begin, keyEscaping.escape("name", name)), "}");
    }

    /** The physical key of one version of an entry. It is not shortened, and {@link #decode} answers null for it. */
    public static byte[] versionOf(byte[] physical, String version) {
        return concat(concat(physical, VERSION), version.getBytes(UTF_8));
    }

    /** The physical key of what is known of the versions of an entry; {@link #decode} answers null for it. */
    public static byte[] versionsOf(byte[] physical) {
        return concat(physical, VERSIONS);
    }

    /** The physical key of the entry that this is the key of, or of a version of, or of its versions; null for any other. */
    public byte @Nullable [] entryOf(byte[] physical) {
        int end = indexOf(physical, '}', 0, physical.length) + 1;
        if (end == physical.length) {
            return decode(physical) == null ? null : physical;
        }
        boolean versions = end + 2 == physical.length && startsWith(physical, end, VERSIONS);
        if (end == 0 || !versions && !startsWith(physical, end, VERSION)) {
            return null;
        }
        byte[] entry = Arrays.copyOf(physical, end);
        return decode(entry) == null ? null : entry;
    }

    private static boolean startsWith(byte[] bytes, int from, String ascii) {
        return startsWith(Arrays.copyOfRange(bytes, from, bytes.length), ascii.getBytes(US_ASCII));
    }

    /** The entry a physical key belongs to, or null where it is none of {@link #encode}. */
    public @Nullable Decoded decode(byte[] physical) {
        int last = physical.length - 1;
        if (last > maxBytes || last <= prefix.length || physical[last] != '}' || !startsWith(physical, prefix)) {
            return null;
        }
        int open = prefix.length;
        String namespace = "";
        if (physical[open] != '{') {
            int colon = indexOf(physical, ':', open, last);
            open = colon + 1;
            if (colon <= prefix.length || physical[open] != '{') {
                return null;
            }
            String unescaped = partEscaping.unescape(physical, prefix.length, colon);
            if (unescaped == null) {
                return null;
            }
            namespace = unescaped;
        }
        return decodeKey(namespace, physical, open + 1, last);
    }

    private @Nullable Decoded decodeKey(String namespace, byte[] physical, int from, int to) {
        int mark = to - HASH_BYTES - 2;
        boolean hashed = mark >= from && physical[mark] == '%' && physical[mark + 1] == '~';
        if (from == to || (hashed && !isBase64Url(physical, mark + 2, to))) {
            return null;
        }
        String key = keyEscaping.unescape(physical, from, hashed ? mark : to);
        return key == null ? null : new Decoded(namespace, key, hashed);
    }

    private int readableBytes(byte[] namespacePrefix) {
        int room = maxBytes - namespacePrefix.length - HASHED_OVERHEAD;
        if (room < 0) {
            throw new CacheKeyException(
                    "Prefix and namespace take %d of the %d bytes of a key and a shortened key needs %d. Shorten the namespace."
                            .formatted(namespacePrefix.length, maxBytes, HASHED_OVERHEAD));
        }
        return Math.min(READABLE_BYTES, room);
    }

    private static byte[] hashed(byte[] escaped, String key, int readableBytes) {
        byte[] readable = Arrays.copyOf(escaped, Escaping.cut(escaped, readableBytes));
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(key.getBytes(UTF_8)));
        return concat(readable, "%~" + hash);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static boolean isBase64Url(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (BASE64_URL.indexOf(bytes[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static int indexOf(byte[] bytes, char c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == c) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] concat(byte[] first, String ascii) {
        return concat(first, ascii.getBytes(US_ASCII));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /**
     * The entry a physical key belongs to.
     *
     * @param namespace the namespace; empty for keys without one
     * @param key the key, or only its beginning where it is hashed
     * @param hashed whether the key was too long to be held whole
     */
    public record Decoded(String namespace, String key, boolean hashed) {}
}
