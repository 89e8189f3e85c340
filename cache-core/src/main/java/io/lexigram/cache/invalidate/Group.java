package io.lexigram.cache.invalidate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.CacheKeyException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of entries that one invalidation hits.
 *
 * @param namespace empty where the kind has none
 * @param tag empty where the kind has none
 */
public record Group(Kind kind, String namespace, String tag) {

    private static final Group ALL = new Group(Kind.ALL, "", "");

    /** What the entries of a group have in common. */
    public enum Kind {
        ALL('a'),
        NAMESPACE('n'),
        TAG('t'),
        TAG_EVERYWHERE('e');

        private final byte sign;

        Kind(char sign) {
            this.sign = (byte) sign;
        }
    }

    /** All entries. */
    public static Group all() {
        return ALL;
    }

    /** The entries of one namespace; the empty one is that of keys without one. */
    public static Group namespace(String namespace) {
        return new Group(Kind.NAMESPACE, namespace, "");
    }

    /** The entries of one namespace that carry a tag. */
    public static Group tag(String namespace, String tag) {
        return new Group(Kind.TAG, namespace, tag);
    }

    /** The entries that carry a tag, in whatever namespace. */
    public static Group tagEverywhere(String tag) {
        return new Group(Kind.TAG_EVERYWHERE, "", tag);
    }

    /** All groups an entry belongs to. */
    static List<Group> of(String namespace, Collection<String> tags) {
        List<Group> groups = new ArrayList<>(2 + 2 * tags.size());
        groups.add(ALL);
        groups.add(namespace(namespace));
        for (String tag : tags) {
            groups.add(tag(namespace, tag));
            groups.add(tagEverywhere(tag));
        }
        return groups;
    }

    /**
     * The name of the group on a server: a letter for the kind, the length of the namespace (4 bytes), the namespace and the
     * tag, in UTF-8. No two groups share it.
     *
     * @throws CacheKeyException when namespace or tag has no UTF-8 form
     */
    public byte[] bytes() {
        byte[] ofNamespace = utf8(namespace);
        byte[] ofTag = utf8(tag);
        return ByteBuffer.allocate(1 + Integer.BYTES + ofNamespace.length + ofTag.length)
                .put(kind.sign)
                .putInt(ofNamespace.length)
                .put(ofNamespace)
                .put(ofTag)
                .array();
    }

    /** The group of this name, or null where it is none that this version knows. */
    public static @Nullable Group read(byte[] name) {
        return read(ByteBuffer.wrap(name));
    }

    static @Nullable Group read(ByteBuffer name) {
        ByteBuffer in = name.duplicate();
        if (in.remaining() < 1 + Integer.BYTES) {
            return null;
        }
        byte sign = in.get();
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            return null;
        }
        ByteBuffer ofNamespace = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            String namespace = UTF_8.newDecoder().decode(ofNamespace).toString();
            String tag = UTF_8.newDecoder().decode(in).toString();
            for (Kind kind : Kind.values()) {
                if (kind.sign == sign) {
                    return new Group(kind, namespace, tag);
                }
            }
            return null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new CacheKeyException(
                    "The namespace or tag '" + text + "' has an unpaired surrogate. Use text that has a UTF-8 form.");
        }
    }
}
