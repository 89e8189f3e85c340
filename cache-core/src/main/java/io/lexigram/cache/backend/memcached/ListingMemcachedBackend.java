package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.invalidate.Stamp;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.TimeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists keys, and finds the entries of a tag by reading all entries. */
class ListingMemcachedBackend extends MemcachedBackend implements ByteBackend.KeyScan, ByteBackend.TagIndex {

    private static final int AT_ONCE = 50;

    /** No stamp. */
    private static final long ANY = 0;

    private final KeyDump dump;
    private final KeyCodec keys;

    ListingMemcachedBackend(Client client, MemcachedSettings settings, KeyCodec keys, TimeSource time) {
        super(client, keys, time);
        this.dump = new KeyDump(settings, time.ticker());
        this.keys = keys;
    }

    @Override
    public Stream<byte[]> scan(byte[] prefix) {
        return dump.keys(prefix);
    }

    /** The server sends the whole values. */
    @Override
    public CompletionStage<List<byte @Nullable []>> heads(List<byte[]> asked, int length) {
        return Items.each(asked, key -> items.get(Items.asItIs(key))).thenApply(found -> {
            List<byte @Nullable []> heads = new ArrayList<>(found.size());
            found.forEach(item -> heads.add(
                    item == null ? null : Arrays.copyOf(item.value(), Math.min(length, item.value().length))));
            return heads;
        });
    }

    @Override
    public long removeTagged(String tag, byte[] keyPrefix) {
        return removeTagged(tag, keyPrefix, ANY);
    }

    @Override
    public long removeTagged(String tag, byte[] keyPrefix, long beforeStamp) {
        long removed = 0;
        try (Stream<byte[]> found = scan(keyPrefix)) {
            List<byte[]> chunk = new ArrayList<>(AT_ONCE);
            for (Iterator<byte[]> all = found.iterator(); all.hasNext(); ) {
                byte[] key = all.next();
                if (keys.decode(key) != null) {
                    chunk.add(key);
                }
                if (chunk.size() == AT_ONCE || !all.hasNext()) {
                    removed += remove(chunk, tag, beforeStamp);
                    chunk.clear();
                }
            }
        }
        return removed;
    }

    private long remove(List<byte[]> chunk, String tag, long beforeStamp) {
        CompletionStage<List<Boolean>> removed = Items.each(
                List.copyOf(chunk),
                key -> items.edit(
                        Items.text(key),
                        item -> item != null && isHit(item, tag, beforeStamp) ? Edit.remove(true) : Edit.keep(false)));
        try {
            // Every command ends in time.
            return removed.toCompletableFuture().join().stream()
                    .filter(hit -> hit)
                    .count();
        } catch (CompletionException e) {
            throw e.getCause() == null ? e : Failures.translate(e.getCause());
        }
    }

    /** What cannot be read is hit: what is lost is loaded again, what stays would be served. */
    private static boolean isHit(Item item, String tag, long beforeStamp) {
        if (!item.isEnvelope() || item.isRecord()) {
            return false;
        }
        long stamp = Envelope.groupSeq(item.value());
        boolean later = Stamp.incarnation(stamp) == Stamp.incarnation(beforeStamp)
                && Stamp.seq(stamp) >= Stamp.seq(beforeStamp);
        if (beforeStamp != ANY && later) {
            return false;
        }
        try {
            Envelope.Head head = Envelope.readHead(item.value());
            return head == null || head.tags().contains(tag);
        } catch (CacheSerializationException e) {
            return true;
        }
    }
}
