package io.lexigram.cache.backend;

import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.Envelope.Head;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.KeyCodec.Decoded;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.Generations;
import io.lexigram.cache.spi.ByteBackend.KeyScan;
import io.lexigram.cache.spi.ByteBackend.Leases;
import io.lexigram.cache.spi.ByteBackend.TagIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries found by scanning the physical keys, a bounded number at a time. A key too long to be held whole is taken from the
 * head of its value; where that is damaged, or a counter, the entry is found by its prefix only.
 */
final class EntryScan {

    private static final int FIRST_BYTES = 4096;
    private static final int MOST_BYTES = 1 << 28;

    private final ByteBackend backend;
    private final KeyCodec keys;
    private final Deadline deadline;

    EntryScan(ByteBackend backend, KeyCodec keys, Deadline deadline) {
        this.backend = backend;
        this.keys = keys;
        this.deadline = deadline;
    }

    /** The entries whose physical keys begin with the prefix, each at least once. Close the stream. */
    Stream<Found> entries(byte[] prefix) {
        Stream<byte[]> physical = physical(prefix);
        return Chunks.distinct(physical.filter(key -> keys.decode(key) != null))
                .flatMap(chunk -> withoutLeases(named(chunk, new ArrayList<>())).stream())
                .onClose(physical::close);
    }

    /** A lease record is under the key of an entry that there is not. */
    private List<Found> withoutLeases(List<Found> found) {
        if (!(backend instanceof Leases) || found.isEmpty()) {
            return found;
        }
        List<byte[]> physical = found.stream().map(Found::physical).toList();
        List<byte @Nullable []> heads =
                deadline.await(() -> scan().heads(physical, Envelope.HEADER_LENGTH), physical.size());
        List<Found> entries = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            byte[] head = heads.get(i);
            if (head != null && !Envelope.isLease(head)) {
                entries.add(found.get(i));
            }
        }
        return entries;
    }

    /**
     * Removes the entries that pass and the leases of keys that do. The lease of a hashed key goes whatever its name is, which
     * it does not tell: what is loaded under it is not stored. @return how many live entries there were
     */
    long remove(byte[] prefix, Predicate<Found> entry) {
        try (Stream<byte[]> physical = physical(prefix)) {
            return Chunks.distinct(physical)
                    .mapToLong(chunk -> {
                        List<byte[]> removed = new ArrayList<>();
                        named(chunk, removed).stream()
                                .filter(entry)
                                .map(Found::physical)
                                .forEach(removed::add);
                        return delete(removed.stream());
                    })
                    .sum();
        }
    }

    /**
     * Removes all entries, whatever their values are, once their group was invalidated.
     *
     * @return how many live entries there were; 0 where keys cannot be listed and the server is left to drop what is invalid
     */
    long removeAll(byte[] prefix) {
        if (isLeftToServer(KeyScan.class)) {
            return 0;
        }
        try (Stream<byte[]> physical = physical(prefix)) {
            return Chunks.distinct(physical)
                    .mapToLong(chunk -> delete(chunk.stream().flatMap(key -> Stream.ofNullable(keys.entryOf(key)))))
                    .sum();
        }
    }

    /**
     * Removes the entries that carry a tag.
     *
     * @param invalidation invalidates their group and answers its tick
     * @return how many live entries there were; 0 where they cannot be found and the server is left to drop what is invalid
     */
    long removeTagged(String tag, byte[] prefix, LongSupplier invalidation) {
        TagIndex index = isLeftToServer(TagIndex.class)
                ? null
                : Capability.require(backend, TagIndex.class, "find entries by tag");
        long tick = invalidation.getAsLong();
        return index == null ? 0 : index.removeTagged(tag, prefix, tick);
    }

    /** Whether it is enough that the entries of a group are invalid, for the backend cannot find them. */
    private boolean isLeftToServer(Class<?> capability) {
        return backend instanceof Generations && !capability.isInstance(backend);
    }

    /** What is found of the versions of an entry is removed with the entry, which counts once. */
    private long delete(Stream<byte[]> found) {
        List<byte[]> physical =
                found.map(ByteBuffer::wrap).distinct().map(ByteBuffer::array).toList();
        return physical.isEmpty()
                ? 0
                : deadline.await(() -> PrimitiveBatches.of(backend).deleteMany(physical), physical.size());
    }

    /** The keys with their names; a lease under a hashed key has none. */
    private List<Found> named(List<byte[]> chunk, List<byte[]> unnamedLeases) {
        List<Found> found = new ArrayList<>(chunk.size());
        List<byte[]> hashed = new ArrayList<>();
        for (byte[] physical : chunk) {
            byte[] entry = keys.entryOf(physical);
            Decoded decoded = entry == null ? null : keys.decode(entry);
            if (decoded != null && decoded.hashed()) {
                hashed.add(physical);
            } else if (entry != null && decoded != null) {
                found.add(new Found(entry, decoded.namespace(), decoded.key()));
            }
        }
        for (int length = FIRST_BYTES; !hashed.isEmpty() && length <= MOST_BYTES; length *= 8) {
            hashed = nameHashed(hashed, length, found, unnamedLeases);
        }
        return found;
    }

    /** Returns the keys whose name lies beyond the length. */
    private List<byte[]> nameHashed(List<byte[]> hashed, int length, List<Found> found, List<byte[]> unnamedLeases) {
        List<byte @Nullable []> heads = deadline.await(() -> scan().heads(hashed, length), hashed.size());
        List<byte[]> longer = new ArrayList<>();
        for (int i = 0; i < hashed.size(); i++) {
            byte[] bytes = heads.get(i);
            if (bytes == null) {
                continue;
            }
            try {
                Head head = Envelope.readHead(bytes);
                if (head == null && bytes.length == length) {
                    longer.add(hashed.get(i));
                } else if (head != null && head.lease()) {
                    unnamedLeases.add(hashed.get(i));
                } else if (head != null) {
                    byte[] entry = keys.encode(head.namespace(), head.key());
                    if (Arrays.equals(entry, keys.entryOf(hashed.get(i)))) {
                        found.add(new Found(entry, head.namespace(), head.key()));
                    }
                }
            } catch (CacheSerializationException | CacheKeyException e) {
                // A damaged value has no name.
            }
        }
        return longer;
    }

    private Stream<byte[]> physical(byte[] prefix) {
        KeyScan scan = scan();
        deadline.admit(backend::ping);
        return scan.scan(prefix);
    }

    private KeyScan scan() {
        return Capability.require(backend, KeyScan.class, "list keys");
    }

    /** An entry and the key it is stored under. */
    @SuppressWarnings("ArrayRecordComponent")
    record Found(byte[] physical, String namespace, String key) {}
}
