package io.lexigram.cache.backend.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encrypted connections, as many to each server as the settings say. */
final class TlsConnections implements Connections {

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Ring ring;
    private final List<List<TlsLink>> ofServers = new ArrayList<>();

    private TlsConnections(MemcachedSettings settings, Reach reach, Duration silence) {
        this.ring = new Ring(settings.servers());
        Sockets sockets = new Sockets(settings, silence);
        for (int server = 0; server < settings.servers().size(); server++) {
            List<TlsLink> links = new ArrayList<>();
            for (int i = 0; i < settings.poolSize(); i++) {
                links.add(new TlsLink(sockets, settings, server, reach));
            }
            ofServers.add(links);
        }
    }

    /** As the other one, with a silence of 10 s. */
    static Connections open(MemcachedSettings settings, Reach reach) throws IOException {
        return open(settings, reach, SILENCE);
    }

    /**
     * Returns when an attempt to connect was made for each.
     *
     * @param reach is told of connections that come and go
     * @param silence a server that lets a command wait for so long, up to twice, and says nothing else is given up
     */
    static Connections open(MemcachedSettings settings, Reach reach, Duration silence) throws IOException {
        TlsConnections connections = new TlsConnections(settings, reach, silence);
        connections.ofServers.forEach(links -> links.forEach(TlsLink::start));
        // The name of a server may take its time as well.
        long until = System.nanoTime() + 2 * settings.connectTimeout().toNanos();
        try {
            for (List<TlsLink> links : connections.ofServers) {
                for (TlsLink link : links) {
                    link.awaitAttempt(until);
                }
            }
        } catch (InterruptedException e) {
            connections.close();
            throw new InterruptedIOException("Interrupted while connecting to " + settings.servers());
        }
        return connections;
    }

    @Override
    public void send(Pending<?> pending) {
        long hash = Ring.hash(pending.request().key());
        TlsLink link = Ring.connection(hash, ofServers.get(ring.serverOf(hash)));
        if (link != null) {
            link.send(pending);
        }
    }

    @Override
    public int itemLimit() {
        return ofServers.stream()
                .flatMap(List::stream)
                .mapToInt(TlsLink::itemLimit)
                .min()
                .orElse(DEFAULT_ITEM_LIMIT);
    }

    @Override
    public @Nullable Object client() {
        return null;
    }

    @Override
    public void close() {
        ofServers.forEach(links -> links.forEach(TlsLink::close));
    }
}
