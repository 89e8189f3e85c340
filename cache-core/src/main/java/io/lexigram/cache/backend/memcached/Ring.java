package io.lexigram.cache.backend.memcached;

import com.google.code.yanf4j.core.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import net.rubyeye.xmemcached.HashAlgorithm;
import net.rubyeye.xmemcached.impl.AbstractMemcachedSessionLocator;
import net.rubyeye.xmemcached.networking.MemcachedSession;
import org.jspecify.annotations.Nullable;

/**
 * Consistent hashing (Ketama: 160 points for each server). A key stays with its server while that is away: another one would
 * hold copies that the first, when it is back, does not know of. What is kept beside a key is on its server too, and all
 * commands of one key take one connection, so that they keep their order.
 */
final class Ring extends AbstractMemcachedSessionLocator {

    private static final int DIGESTS = 40;

    private final TreeMap<Long, Integer> points = new TreeMap<>();
    private final int servers;
    private volatile List<List<Session>> sessions;

    /** @param servers as they are configured, which alone says where the keys are */
    Ring(List<String> servers) {
        this.servers = servers.size();
        this.sessions = Collections.nCopies(servers.size(), List.of());
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
        return serverOf(HashAlgorithm.KETAMA_HASH.hash(nameOf(key)));
    }

    private int serverOf(long hash) {
        var point = points.ceilingEntry(hash);
        return (point == null ? points.firstEntry() : point).getValue();
    }

    @Override
    public @Nullable Session getSessionByKey(String key) {
        long hash = HashAlgorithm.KETAMA_HASH.hash(nameOf(key));
        List<Session> connections = sessions.get(serverOf(hash));
        return connections.isEmpty() ? null : connections.get((int) (hash % connections.size()));
    }

    @Override
    public void updateSessions(Collection<Session> all) {
        List<List<Session>> ofServers = new ArrayList<>(servers);
        for (int server = 0; server < servers; server++) {
            ofServers.add(new ArrayList<>());
        }
        for (Session session : all) {
            int server =
                    ((MemcachedSession) session).getInetSocketAddressWrapper().getOrder() - 1;
            if (server >= 0 && server < servers) {
                ofServers.get(server).add(session);
            }
        }
        sessions = ofServers;
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
