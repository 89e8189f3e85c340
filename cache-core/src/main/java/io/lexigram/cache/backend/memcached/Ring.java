package io.lexigram.cache.backend.memcached;

import java.util.List;
import java.util.TreeMap;
import net.rubyeye.xmemcached.HashAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Consistent hashing (Ketama: 160 points for each server). A key stays with its server while that is away: another one would
 * hold copies that the first, when it is back, does not know of. What is kept beside a key is on its server too, and all
 * commands of one key take one connection, so that they keep their order.
 */
final class Ring {

    private static final int DIGESTS = 40;

    private final TreeMap<Long, Integer> points = new TreeMap<>();

    /** @param servers as they are configured, which alone says where the keys are */
    Ring(List<String> servers) {
        for (int server = 0; server < servers.size(); server++) {
            for (int i = 0; i < DIGESTS; i++) {
                byte[] digest = HashAlgorithm.computeMd5(servers.get(server) + "-" + i);
                for (int at = 0; at < digest.length; at += Integer.BYTES) {
                    points.put(littleEndian(digest, at), server);
                }
            }
        }
    }

    /** The index of the server of a key. */
    int serverOf(String key) {
        return serverOf(hash(key));
    }

    /** The index of the server of a key with this hash. */
    int serverOf(long hash) {
        var point = points.ceilingEntry(hash);
        return (point == null ? points.firstEntry() : point).getValue();
    }

    /** The same for an entry and all that is kept beside it. */
    static long hash(String key) {
        return HashAlgorithm.KETAMA_HASH.hash(nameOf(key));
    }

    /** The one that keys with this hash take, of the connections to their server; null without any. */
    static <C> @Nullable C connection(long hash, List<C> connections) {
        return connections.isEmpty() ? null : connections.get((int) (hash % connections.size()));
    }

    /** The key of an entry, for what is beside it as well: it ends with the first brace. */
    private static String nameOf(String key) {
        return key.substring(0, key.indexOf('}') + 1);
    }

    private static long littleEndian(byte[] bytes, int at) {
        return (bytes[at + 3] & 0xFFL) << 24
                | (bytes[at + 2] & 0xFFL) << 16
                | (bytes[at + 1] & 0xFFL) << 8
                | bytes[at] & 0xFFL;
    }
}
