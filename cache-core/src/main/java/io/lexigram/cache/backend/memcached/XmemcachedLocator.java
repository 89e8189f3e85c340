package io.lexigram.cache.backend.memcached;

import com.google.code.yanf4j.core.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import net.rubyeye.xmemcached.impl.AbstractMemcachedSessionLocator;
import net.rubyeye.xmemcached.networking.MemcachedSession;
import org.jspecify.annotations.Nullable;

/** Finds the connection of a key on the ring, among those that xmemcached has. */
final class XmemcachedLocator extends AbstractMemcachedSessionLocator {

    private final Ring ring;
    private final int servers;
    private volatile List<List<Session>> sessions;

    /** @param servers as they are configured */
    XmemcachedLocator(List<String> servers) {
        this.ring = new Ring(servers);
        this.servers = servers.size();
        this.sessions = Collections.nCopies(servers.size(), List.of());
    }

    @Override
    public @Nullable Session getSessionByKey(String key) {
        long hash = Ring.hash(key);
        return Ring.connection(hash, sessions.get(ring.serverOf(hash)));
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
}
