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

/** Connections of xmemcached, which cannot be encrypted. */
final class XmemcachedConnections implements Connections {

    /** Between two attempts, times the number of attempts. */
    private static final long RECONNECT_MILLIS = 250;

    private final MemcachedClient client;

    private XmemcachedConnections(MemcachedClient client) {
        this.client = client;
    }

    /** @param reach is told of connections that come and go */
    static Connections open(MemcachedSettings settings, Reach reach) throws IOException {
        List<InetSocketAddress> addresses = settings.addresses();
        if (new HashSet<>(addresses).size() < addresses.size()) {
            throw new IOException("Two of the servers " + settings.servers() + " are one; name each once");
        }
        XMemcachedClientBuilder builder = new XMemcachedClientBuilder(addresses);
        builder.setSessionLocator(new XmemcachedLocator(settings.servers()));
        builder.setCommandFactory(new TextCommandFactory());
        builder.setFailureMode(true);
        builder.setConnectionPoolSize(settings.poolSize());
        builder.setConnectTimeout(settings.connectTimeout().toMillis());
        builder.setOpTimeout(settings.timeout().toMillis());
        builder.setHealSessionInterval(RECONNECT_MILLIS);
        builder.setSanitizeKeys(false);
        builder.addStateListener(new XmemcachedListener(reach));
        XMemcachedClient client = (XMemcachedClient) builder.build();
        // The get of several callers in one command: where that fails, nobody of them is told.
        client.getConnector().setOptimizeGet(false);
        return new XmemcachedConnections(client);
    }

    @Override
    public void send(Pending<?> pending) {
        try {
            client.getConnector().send(XmemcachedCommand.of(pending));
        } catch (MemcachedException | RuntimeException e) {
            pending.fail(e);
        }
    }

    @Override
    public int itemLimit() {
        try {
            return client.getStatsByItem("settings").values().stream()
                    .mapToInt(XmemcachedConnections::itemLimit)
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

    @Override
    public Object client() {
        return client;
    }

    @Override
    public void close() {
        try {
            client.shutdown();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
