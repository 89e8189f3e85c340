package io.lexigram.cache.backend.memcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.command.TextCommandFactory;
import net.rubyeye.xmemcached.exception.MemcachedException;

/** Makes clients. A client is made whether or not the servers answer, and looks for those that do not. */
class ClientOpener {

    /** What a server takes that was not told otherwise. */
    static final int DEFAULT_ITEM_LIMIT = 1 << 20;

    /** Between two attempts, times the number of attempts. */
    private static final long RECONNECT_MILLIS = 250;

    private final MemcachedSettings settings;
    private final Reach reach = new Reach();

    ClientOpener(MemcachedSettings settings) {
        this.settings = settings;
    }

    /** Who is told whether the servers of the clients made here can be reached. */
    Reach reach() {
        return reach;
    }

    MemcachedClient open() throws IOException {
        List<InetSocketAddress> addresses = settings.addresses();
        if (new HashSet<>(addresses).size() < addresses.size()) {
            throw new IOException("Two of the servers " + settings.servers() + " are one; name each once");
        }
        XMemcachedClientBuilder builder = new XMemcachedClientBuilder(addresses);
        builder.setSessionLocator(new Ring(settings.servers()));
        builder.setCommandFactory(new TextCommandFactory());
        builder.setFailureMode(true);
        builder.setConnectionPoolSize(settings.poolSize());
        builder.setConnectTimeout(settings.connectTimeout().toMillis());
        builder.setOpTimeout(settings.timeout().toMillis());
        builder.setHealSessionInterval(RECONNECT_MILLIS);
        builder.setSanitizeKeys(false);
        builder.addStateListener(reach);
        XMemcachedClient client = (XMemcachedClient) builder.build();
        // The get of several callers in one command: where that fails, nobody of them is told.
        client.getConnector().setOptimizeGet(false);
        return client;
    }

    /** The least that any of the servers takes; where none answers, what is usual. */
    int itemLimit(MemcachedClient client) {
        try {
            return client.getStatsByItem("settings").values().stream()
                    .mapToInt(ClientOpener::itemLimit)
                    .min()
                    .orElse(DEFAULT_ITEM_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFAULT_ITEM_LIMIT;
        } catch (MemcachedException | TimeoutException | RuntimeException e) {
            return DEFAULT_ITEM_LIMIT;
        }
    }

    private static int itemLimit(Map<String, String> stats) {
        try {
            return Integer.parseInt(stats.getOrDefault("item_size_max", ""));
        } catch (NumberFormatException e) {
            return DEFAULT_ITEM_LIMIT;
        }
    }
}
